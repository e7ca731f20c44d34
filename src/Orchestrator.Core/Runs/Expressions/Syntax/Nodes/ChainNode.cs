using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Syntax.Nodes;

/// <summary>Operators of one rank from left to right: <c>a - b + c</c>.</summary>
internal sealed class ChainNode(int position, Node first, (Token Operator, Node Operand)[] links) : Node(position)
{
    public override Value Evaluate(Evaluation evaluation)
    {
        var value = first.Evaluate(evaluation);
        foreach (var (@operator, operand) in links)
        {
            evaluation.Charge(1, @operator.Position);
            value = Operators.Apply(@operator, value, operand.Evaluate(evaluation), evaluation);
        }

        return value;
    }
}
