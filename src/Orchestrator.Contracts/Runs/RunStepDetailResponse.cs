using Orchestrator.Contracts.Json;

namespace Orchestrator.Contracts.Runs;

/// <summary>A step with its output and its work.</summary>
public sealed record RunStepDetailResponse : RunStepResponse
{
    /// <summary>
    /// What it has put out so far: of a step with items an array, in which null stands for those without one, and with <c>item</c>
    /// the output of that item alone.
    /// </summary>
    public RawJson? Output { get; init; }

    /// <summary>The item that was asked for with <c>item</c>; null without.</summary>
    public RunItemResponse? Item { get; init; }

    /// <summary>Whether the output has more than 4 MiB and is not shown; ask for its items one by one.</summary>
    public required bool OutputOmitted { get; init; }

    /// <summary>Its tasks and sub-runs, in the order of their start.</summary>
    public required IReadOnlyList<RunWorkResponse> Work { get; init; }
}
