namespace Orchestrator.Contracts.Tasks;

/// <summary>Why a task was skipped.</summary>
public sealed record BulkErrorResponse(Guid TaskId, string Message);
