namespace Orchestrator.Cli.LoadTests;

/// <summary>What became of one request.</summary>
/// <param name="Latency">From the submission to the known end; null when it did not complete.</param>
/// <param name="Queue">How long the task waited for its first attempt, by its own timestamps; null when none started.</param>
/// <param name="Retries">How many attempts followed the first.</param>
/// <param name="FailureCode">Why it failed for good; null when it completed.</param>
/// <param name="FailureMessage">The same for a person.</param>
internal sealed record RequestOutcome(TimeSpan? Latency, TimeSpan? Queue, int Retries, string? FailureCode, string? FailureMessage);
