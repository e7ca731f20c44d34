namespace Orchestrator.Storage.Retention;

/// <summary>How long ended tasks and idempotency receipts are kept.</summary>
public sealed record RetentionPeriods(TimeSpan Completed, TimeSpan Failed, TimeSpan Cancelled, TimeSpan IdempotencyReceipts);
