namespace Orchestrator.Cli.LoadTests;

/// <param name="Duration">From the first submission to the last end.</param>
internal sealed record LoadTestResult(IReadOnlyList<RequestOutcome> Outcomes, TimeSpan Duration);
