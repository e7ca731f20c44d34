using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Syntax.Nodes;

internal sealed class LiteralNode(int position, Value value) : Node(position)
{
    public override Value Evaluate(Evaluation evaluation) => value;
}
