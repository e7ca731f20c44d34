using System.Text.Json;

namespace Orchestrator.Core.Runs.Expressions;

/// <summary>One expression of the language in <c>docs/expressions.md</c>, parsed.</summary>
public sealed class Expression
{
    private Expression(string text) => Text = text;

    public string Text { get; }

    /// <summary>The steps that it reads.</summary>
    public IReadOnlySet<string> Steps => throw new NotImplementedException();

    /// <summary>The names that it reads besides <c>run</c> and <c>steps</c>: <c>item</c>, <c>index</c>, <c>output</c>.</summary>
    public IReadOnlySet<string> Variables => throw new NotImplementedException();

    /// <exception cref="ExpressionException">The text is no expression; says where.</exception>
    public static Expression Parse(string text) => throw new NotImplementedException();

    /// <summary>Its value.</summary>
    /// <exception cref="ExpressionException">It has none here, as where a text is added to an object.</exception>
    public JsonElement Evaluate(IExpressionScope scope) => throw new NotImplementedException();
}
