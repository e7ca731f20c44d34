namespace Orchestrator.Storage.Bulk;

/// <summary>Why an operation skipped a task.</summary>
public sealed record BulkError(Guid TaskId, string Message);
