namespace Orchestrator.Core.Runs.Definitions.Reading;

/// <summary>What the expressions of one place may read, and the list that gets the steps that they do read.</summary>
/// <param name="Step">The step that they belong to; null for those of the run.</param>
internal sealed record ReadScope(string? Step, List<StepReference> References)
{
    /// <summary>Whether there are <c>item</c> and <c>index</c>.</summary>
    public bool HasItem { get; init; }

    /// <summary>Whether there is <c>output</c>.</summary>
    public bool HasOutput { get; init; }

    /// <summary>Whether the step has ended by then, so that it may read itself.</summary>
    public bool HasEnded { get; init; }
}
