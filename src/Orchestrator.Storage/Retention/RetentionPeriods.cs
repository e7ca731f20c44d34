namespace Orchestrator.Storage.Retention;

/// <summary>How long ended tasks and idempotency receipts, those of schedules' fires too, are kept.</summary>
public sealed record RetentionPeriods(TimeSpan Completed, TimeSpan Failed, TimeSpan Cancelled, TimeSpan IdempotencyReceipts)
{
    /// <summary>Deliveries of webhooks, from their end on.</summary>
    public TimeSpan WebhookDeliveries { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Runs that have ended, with the runs that are steps of theirs.</summary>
    public TimeSpan Runs { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long events of workspaces and entries of ledgers are kept; the sums of a ledger stay.</summary>
    public TimeSpan Journal { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Buckets of the timeline, and of the levels of resources, from their start on.</summary>
    public TimeSpan Timeline { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Groups of failures, from the last of them on.</summary>
    public TimeSpan Errors { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Entries of the audit log.</summary>
    public TimeSpan Audit { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How many of them tell of a refusal; the oldest go first.</summary>
    public int Refusals { get; init; } = 100_000;
}
