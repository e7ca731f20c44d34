namespace Orchestrator.Contracts.Runs;

/// <summary>From where a run is to be repeated.</summary>
public sealed record ReplayRunRequest
{
    /// <summary>The step that is done anew, with all that come after it; the others stand as they ended.</summary>
    public required string FromStep { get; init; }
}
