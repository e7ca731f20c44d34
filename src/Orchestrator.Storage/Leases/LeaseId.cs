namespace Orchestrator.Storage.Leases;

/// <summary>An attempt's right to write: the task, and the token that only this attempt holds.</summary>
public readonly record struct LeaseId(Guid TaskId, Guid Token);
