using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Runtime.Options;

/// <summary>How long what has ended is kept. Section <c>Retention</c>.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>Completed tasks. Default: 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan Completed { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Failed tasks. Default: 24 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan Failed { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Cancelled tasks. Default: 30 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan Cancelled { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Ended runs, with their sub-runs, outputs and history; their tasks are kept as other tasks are. Default: 7 d.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan Runs { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Receipts of <c>Idempotency-Key</c>. Default: 24 h.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan IdempotencyReceipts { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Deliveries of webhooks, from their end on. Default: 24 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan WebhookDeliveries { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Groups of failures, from the last failure on. Default: 24 h.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan Errors { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Entries of the audit log. Default: 90 d.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Audit { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How many entries of the audit log tell of a refusal, which changed nothing; the oldest go first. Default: 100,000.</summary>
    [Range(1, 10_000_000)]
    public int Refusals { get; set; } = 100_000;

    /// <summary>How often ended tasks past their time are deleted. Default: 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many rows one deletion removes at most. Default: 5,000.</summary>
    [Range(1, 100_000)]
    public int BatchSize { get; set; } = 5_000;
}
