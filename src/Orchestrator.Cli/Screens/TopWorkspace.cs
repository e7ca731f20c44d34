namespace Orchestrator.Cli.Screens;

/// <summary>A workspace with its tasks by state.</summary>
internal sealed record TopWorkspace(string Id, double Weight, int? MaxParallel, bool Paused, string? PausedBy, IReadOnlyDictionary<string, long> Tasks);
