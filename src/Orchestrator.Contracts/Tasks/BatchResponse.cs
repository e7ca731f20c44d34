namespace Orchestrator.Contracts.Tasks;

/// <summary>A stored batch.</summary>
/// <param name="Ids">The new tasks, in the order of the request.</param>
public sealed record BatchResponse(IReadOnlyList<Guid> Ids);
