using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Syntax.Nodes;

/// <summary><c>run.input</c>, <c>run.id</c> or <c>run.workspace</c>.</summary>
internal sealed class RunNode(int position, string member) : Node(position)
{
    public static IReadOnlyList<string> Members { get; } = ["input", "id", "workspace"];

    public override Value Evaluate(Evaluation evaluation) => member switch
    {
        "input" => Value.Of(evaluation.Scope.Input),
        "id" => Value.Of(evaluation.Scope.RunId.ToString()),
        _ => Value.Of(evaluation.Scope.Workspace),
    };
}
