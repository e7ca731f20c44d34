using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Syntax.Nodes;

/// <summary>Conditions joined with <c>&amp;&amp;</c> or with <c>||</c>; those behind the one that decides are not looked at.</summary>
internal sealed class LogicNode(int position, bool isAnd, Node[] conditions) : Node(position)
{
    public override Value Evaluate(Evaluation evaluation)
    {
        foreach (var condition in conditions)
        {
            evaluation.Charge(1, Position);
            if (condition.IsTrue(evaluation) != isAnd)
            {
                return Value.Of(!isAnd);
            }
        }

        return Value.Of(isAnd);
    }
}
