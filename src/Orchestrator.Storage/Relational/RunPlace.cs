namespace Orchestrator.Storage.Relational;

/// <summary>A run, and what to hold before it is looked at.</summary>
internal sealed record RunPlace(Guid Id, long WorkspaceKey, Guid RootId);
