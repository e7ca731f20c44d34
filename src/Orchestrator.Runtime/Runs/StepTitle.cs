namespace Orchestrator.Runtime.Runs;

/// <summary>What a definition calls a step, for people.</summary>
public sealed record StepTitle(string? Name, string? Description);
