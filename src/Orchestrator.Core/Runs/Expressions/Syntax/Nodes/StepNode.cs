using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Syntax.Nodes;

/// <summary><c>steps.x.output</c>, <c>steps.x.status</c> or <c>steps.x.error</c>.</summary>
internal sealed class StepNode(int position, string step, string member) : Node(position)
{
    public static IReadOnlyList<string> Members { get; } = ["output", "status", "error"];

    public override Value Evaluate(Evaluation evaluation) =>
        evaluation.Scope.FindStep(step) is not { } value ? Value.Null
        : member switch
        {
            "output" => Value.Of(value.Output()),
            "status" => Value.Of(value.Status),
            _ => Error(value),
        };

    private static Value Error(StepValue value) => value is { ErrorCode: null, ErrorMessage: null }
        ? Value.Null
        : Value.Of([KeyValuePair.Create("code", OrNull(value.ErrorCode)), KeyValuePair.Create("message", OrNull(value.ErrorMessage))]);

    private static Value OrNull(string? text) => text is null ? Value.Null : Value.Of(text);
}
