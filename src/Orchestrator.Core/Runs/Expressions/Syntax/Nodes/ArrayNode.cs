using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Syntax.Nodes;

internal sealed class ArrayNode(int position, Node[] items) : Node(position)
{
    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Charge(1 + items.Length, Position);
        return Value.Of(Array.ConvertAll(items, item => item.Evaluate(evaluation)));
    }
}
