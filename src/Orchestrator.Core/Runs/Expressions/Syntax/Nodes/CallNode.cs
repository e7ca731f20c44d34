using Orchestrator.Core.Runs.Expressions.Functions;
using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Syntax.Nodes;

internal sealed class CallNode(int position, Function function, Node[] arguments) : Node(position)
{
    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Charge(1 + arguments.Length, Position);
        return function.Body(new Call(function.Name, Position, arguments, Array.ConvertAll(arguments, argument => argument.Evaluate(evaluation)), evaluation));
    }
}
