using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Syntax.Nodes;

/// <summary><c>item</c>, <c>index</c> or <c>output</c>.</summary>
internal sealed class VariableNode(int position, string name) : Node(position)
{
    public static IReadOnlyList<string> Names { get; } = ["item", "index", "output"];

    public override Value Evaluate(Evaluation evaluation) =>
        evaluation.Scope.FindVariable(name) is { } value ? Value.Of(value) : throw evaluation.Fail(Position, $"There is no '{name}' here.");
}
