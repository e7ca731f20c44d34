namespace Orchestrator.Storage.Steering;

/// <summary>What a task asked a person, and the answer.</summary>
/// <param name="Number">Its place among the requests of the task, from 1.</param>
/// <param name="Details">JSON in UTF-8.</param>
/// <param name="Reply">Null while it is open.</param>
public sealed record ApprovalRecord(
    int Number, string Question, ReadOnlyMemory<byte>? Details, DateTimeOffset RequestedAt, DateTimeOffset? ExpiresAt, ApprovalReply? Reply);
