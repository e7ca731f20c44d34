namespace Orchestrator.Storage.Priorities;

/// <summary>What one step after a change of goal did.</summary>
/// <param name="Pending">The tasks that were looked at and may be scored by a model anew.</param>
/// <param name="Changed">Those of them that have another score now.</param>
public sealed record RescoreStep(IReadOnlyList<Guid> Pending, IReadOnlyList<Guid> Changed);
