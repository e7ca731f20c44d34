namespace Orchestrator.Core.Scheduling;

/// <summary>One dispatchable workspace as a turn sees it.</summary>
/// <param name="Pass">Its virtual time; the lowest goes first.</param>
/// <param name="Weight">Its share relative to the others; above zero.</param>
/// <param name="Ready">How many of its tasks could start now, within its own limit.</param>
public readonly record struct FairShareCandidate(double Pass, double Weight, int Ready);
