namespace Orchestrator.Contracts.Tasks;

/// <summary>Tasks that are stored all or not at all.</summary>
/// <param name="Tasks">From 1 to 10,000.</param>
public sealed record SubmitBatchRequest(IReadOnlyList<BatchItemRequest> Tasks);
