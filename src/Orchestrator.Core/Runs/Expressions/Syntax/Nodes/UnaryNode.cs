using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Syntax.Nodes;

/// <summary><c>!</c> or <c>-</c>.</summary>
internal sealed class UnaryNode(int position, bool isNot, Node operand) : Node(position)
{
    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Charge(1, Position);
        if (isNot)
        {
            return Value.Of(!operand.IsTrue(evaluation));
        }

        var value = operand.Evaluate(evaluation);
        return value.Kind == ValueKind.Number
            ? Value.Of(-Numbers.Of(value, evaluation, Position))
            : throw evaluation.Fail(Position, $"'-' takes a number, not {value.Kind.WithArticle()}.");
    }
}
