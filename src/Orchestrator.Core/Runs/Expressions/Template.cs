using System.Text.Json;

namespace Orchestrator.Core.Runs.Expressions;

/// <summary>
/// A JSON value whose texts may hold expressions, <c>${{ … }}</c>. A text that is one expression alone becomes its value; in any other
/// text each is written in its place.
/// </summary>
public sealed class Template
{
    /// <summary>The steps that it reads.</summary>
    public IReadOnlySet<string> Steps => throw new NotImplementedException();

    /// <summary>The names that it reads besides <c>run</c> and <c>steps</c>.</summary>
    public IReadOnlySet<string> Variables => throw new NotImplementedException();

    /// <exception cref="ExpressionException">One of its expressions is none; says which, by the JSON Pointer of the text, and where in it.</exception>
    public static Template Parse(JsonElement value) => throw new NotImplementedException();

    /// <summary>The value as JSON in UTF-8, at most <see cref="Definitions.RunLimits.MaxValueBytes"/>.</summary>
    /// <exception cref="ExpressionException">An expression has no value, or the whole is too large.</exception>
    public byte[] Evaluate(IExpressionScope scope) => throw new NotImplementedException();
}
