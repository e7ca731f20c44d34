using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Syntax.Nodes;

internal sealed class ObjectNode(int position, KeyValuePair<string, Node>[] members) : Node(position)
{
    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Charge(1 + members.Length, Position);
        return Value.Of(Array.ConvertAll(members, member => KeyValuePair.Create(member.Key, member.Value.Evaluate(evaluation))));
    }
}
