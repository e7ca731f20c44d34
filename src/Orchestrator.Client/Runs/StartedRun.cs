using Orchestrator.Contracts.Runs;

namespace Orchestrator.Client.Runs;

/// <summary>A run that the system has taken on.</summary>
/// <param name="Id">The run's.</param>
/// <param name="Run">The run as it stood when it was answered; null when the key's run is past its retention.</param>
/// <param name="IsReplayed">Whether an earlier request with the same key had started it: one of the caller's, or this one, whose answer was lost.</param>
public sealed record StartedRun(Guid Id, RunResponse? Run, bool IsReplayed);
