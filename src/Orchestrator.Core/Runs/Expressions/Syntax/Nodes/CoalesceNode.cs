using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Syntax.Nodes;

/// <summary>The first of its parts that is not null; those behind it are not looked at.</summary>
internal sealed class CoalesceNode(int position, Node[] parts) : Node(position)
{
    public override Value Evaluate(Evaluation evaluation)
    {
        foreach (var part in parts)
        {
            evaluation.Charge(1, Position);
            var value = part.Evaluate(evaluation);
            if (!value.IsNull)
            {
                return value;
            }
        }

        return Value.Null;
    }
}
