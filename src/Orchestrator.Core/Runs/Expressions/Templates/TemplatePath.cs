using Orchestrator.Core.Json;

namespace Orchestrator.Core.Runs.Expressions.Templates;

/// <summary>
/// Where a value stands in a template. A pointer is only made of it where an error is told: a hostile template can have as many long ones
/// as it has values.
/// </summary>
internal sealed class TemplatePath
{
    private readonly TemplatePath? _parent;
    private readonly string? _name;
    private readonly int _index;

    private TemplatePath(TemplatePath? parent, string? name, int index) => (_parent, _name, _index) = (parent, name, index);

    public static TemplatePath Root { get; } = new(null, null, 0);

    public TemplatePath Append(string name) => new(this, name, 0);

    public TemplatePath Append(int index) => new(this, null, index);

    /// <summary>As a JSON Pointer.</summary>
    public override string ToString() =>
        _parent is null ? JsonPointer.Root
        : _name is null ? JsonPointer.Append(_parent.ToString(), _index)
        : JsonPointer.Append(_parent.ToString(), _name);
}
