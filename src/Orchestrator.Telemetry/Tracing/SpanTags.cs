namespace Orchestrator.Telemetry.Tracing;

/// <summary>Names of what spans tell.</summary>
internal static class SpanTags
{
    public const string Task = "orchestrator.task.id";
    public const string Tasks = "orchestrator.task.count";
    public const string Workspace = "orchestrator.workspace";
    public const string Action = "orchestrator.action";
    public const string Attempt = "orchestrator.attempt";
    public const string Waited = "orchestrator.queue.seconds";
    public const string Run = "orchestrator.run.id";
    public const string Step = "orchestrator.step";
    public const string Silo = "orchestrator.silo";
    public const string Webhook = "orchestrator.webhook.id";
    public const string Tries = "orchestrator.webhook.try";
    public const string Outcome = "orchestrator.outcome";
    public const string ErrorType = "error.type";
}
