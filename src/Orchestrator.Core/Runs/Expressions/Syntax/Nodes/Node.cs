using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Syntax.Nodes;

/// <summary>A part of an expression.</summary>
/// <param name="position">Where it begins in the text.</param>
internal abstract class Node(int position)
{
    public int Position => position;

    public abstract Value Evaluate(Evaluation evaluation);

    /// <summary>What it is as a condition: true or false, and null is false.</summary>
    public bool IsTrue(Evaluation evaluation)
    {
        var value = Evaluate(evaluation);
        return value.Kind switch
        {
            ValueKind.Null => false,
            ValueKind.Boolean => value.AsBoolean(),
            _ => throw evaluation.Fail(Position, $"A condition is true, false or null, not {value.Kind.WithArticle()}; compare it with something."),
        };
    }
}
