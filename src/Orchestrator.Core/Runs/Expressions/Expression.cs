using System.Text.Json;
using Orchestrator.Core.Runs.Expressions.Syntax;
using Orchestrator.Core.Runs.Expressions.Syntax.Nodes;
using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions;

/// <summary>One expression of the language in <c>docs/expressions.md</c>, parsed.</summary>
public sealed class Expression
{
    private readonly Node _root;
    private readonly Reads _reads;

    private Expression(string text, Node root, Reads reads) => (Text, _root, _reads) = (text, root, reads);

    public string Text { get; }

    /// <summary>The steps that it reads.</summary>
    public IReadOnlySet<string> Steps => _reads.Steps;

    /// <summary>The names that it reads besides <c>run</c> and <c>steps</c>: <c>item</c>, <c>index</c>, <c>output</c>.</summary>
    public IReadOnlySet<string> Variables => _reads.Variables;

    /// <summary>Whether it reads nothing at all, so that its value is always the same.</summary>
    public bool IsConstant => !_reads.Run && _reads.Steps.Count == 0 && _reads.Variables.Count == 0;

    /// <param name="text">With or without <c>${{ }}</c> around it.</param>
    /// <exception cref="ExpressionException">The text is no expression; says where.</exception>
    public static Expression Parse(string text)
    {
        var reads = new Reads();
        return new Expression(text, ExpressionText.ParseAlone(text, reads), reads);
    }

    /// <summary>Its value, as it is written where it was only read; otherwise at most <see cref="Definitions.RunLimits.MaxValueBytes"/>.</summary>
    /// <exception cref="ExpressionException">It has none here, as where a text is added to an object.</exception>
    public JsonElement Evaluate(IExpressionScope scope) => Evaluate(new Evaluation(scope));

    /// <summary>Its value as a condition: true, false, or null for false.</summary>
    /// <exception cref="ExpressionException">It has no value here, or one that is no condition.</exception>
    public bool IsTrue(IExpressionScope scope) => _root.IsTrue(new Evaluation(scope));

    /// <summary>Its value, or null where finding it takes more than some operations.</summary>
    /// <exception cref="ExpressionException">It has none here.</exception>
    internal JsonElement? EvaluateBriefly(IExpressionScope scope, int operations)
    {
        var evaluation = new Evaluation(scope, operations);
        try
        {
            return Evaluate(evaluation);
        }
        catch (ExpressionException) when (evaluation.IsSpent)
        {
            return null;
        }
    }

    private JsonElement Evaluate(Evaluation evaluation)
    {
        var value = _root.Evaluate(evaluation);
        return value.IsRead ? value.Json : JsonElement.Parse(ValueWriter.Write(value, evaluation, _root.Position));
    }
}
