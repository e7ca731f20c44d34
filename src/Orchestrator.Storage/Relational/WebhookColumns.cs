using Orchestrator.Storage.Webhooks;

namespace Orchestrator.Storage.Relational;

/// <summary>How webhooks and their deliveries are read from their rows.</summary>
internal static class WebhookColumns
{
    public static WebhookRecord ReadWebhook(Row row) => new()
    {
        Id = row.Id("id"),
        Workspace = row.TextOrNull("workspace"),
        Description = row.TextOrNull("description"),
        Url = row.Text("url"),
        Types = Json.ToList(row.Text("types")),
        Enabled = row.Flag("enabled"),
        DisabledReason = row.TextOrNull("disabled_reason"),
        CreatedAt = row.Time("created_at"),
        UpdatedAt = row.Time("updated_at"),
    };

    public static DeliveryRecord ReadDelivery(Row row) => new()
    {
        EventId = row.Text("event_id"),
        Type = row.Text("type"),
        Workspace = row.Text("workspace"),
        TaskId = row.IdOrNull("task_id"),
        RunId = row.IdOrNull("run_id"),
        State = DeliveryStateNames.Parse(row.Text("status"))!.Value,
        Attempts = row.Integer("attempts"),
        At = row.Time("at"),
        NextAttemptAt = row.TimeOrNull("next_attempt_at"),
        LastAttemptAt = row.TimeOrNull("last_attempt_at"),
        LastStatus = row.IntegerOrNull("last_status"),
        LastError = row.TextOrNull("last_error"),
        FinishedAt = row.TimeOrNull("finished_at"),
    };

    /// <summary>A delivery that is about to be tried once more.</summary>
    public static ClaimedDelivery ReadClaimed(Row row, Guid webhook) => new()
    {
        Webhook = webhook,
        WebhookKey = row.BigInteger("webhook_key"),
        Url = row.Text("url"),
        Secret = row.Text("secret"),
        EventId = row.Text("event_id"),
        Type = row.Text("type"),
        Workspace = row.Text("workspace"),
        TaskId = row.IdOrNull("task_id"),
        RunId = row.IdOrNull("run_id"),
        Seq = row.BigIntegerOrNull("seq"),
        Attempt = row.IntegerOrNull("attempt"),
        At = row.Time("at"),
        Data = row.TextOrNull("data"),
        TraceParent = row.TextOrNull("trace_parent"),
        Tries = row.Integer("attempts") + 1,
        Since = row.Time("since"),
    };
}
