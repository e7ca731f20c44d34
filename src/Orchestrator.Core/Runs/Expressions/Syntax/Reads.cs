namespace Orchestrator.Core.Runs.Expressions.Syntax;

/// <summary>What expressions read.</summary>
internal sealed class Reads
{
    public HashSet<string> Steps { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the run itself is read.</summary>
    public bool Run { get; set; }
}
