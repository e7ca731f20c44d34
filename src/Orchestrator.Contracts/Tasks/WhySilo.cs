namespace Orchestrator.Contracts.Tasks;

/// <summary>A silo, and why it does not take the task now.</summary>
public sealed record WhySilo(Guid Id, string Name, string? Reason);
