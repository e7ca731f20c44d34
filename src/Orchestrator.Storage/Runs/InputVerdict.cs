namespace Orchestrator.Storage.Runs;

/// <summary>What the check of an input came to.</summary>
/// <param name="Mistakes">What is wrong with it; null where it fits.</param>
/// <param name="Cost">How much the check took, as a part of the most that one may take.</param>
public readonly record struct InputVerdict(string? Mistakes, double Cost);
