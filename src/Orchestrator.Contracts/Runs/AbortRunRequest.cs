namespace Orchestrator.Contracts.Runs;

/// <summary>Why and how a run is to end; the body may be left out.</summary>
public sealed record AbortRunRequest
{
    /// <summary>For its history; at most 10,000 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether what completed steps did is undone, by those that say how; false by default.</summary>
    public bool? Compensate { get; init; }
}
