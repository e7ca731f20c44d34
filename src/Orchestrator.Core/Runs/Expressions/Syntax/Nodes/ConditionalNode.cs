using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Syntax.Nodes;

internal sealed class ConditionalNode(int position, Node condition, Node yes, Node no) : Node(position)
{
    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Charge(1, Position);
        return (condition.IsTrue(evaluation) ? yes : no).Evaluate(evaluation);
    }
}
