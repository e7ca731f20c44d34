using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Webhooks;

namespace Orchestrator.Gateway.Requests;

/// <summary>The query parameters of all endpoints.</summary>
internal static class QueryParameters
{
    public const int MaxLimit = 500;
    public const int DefaultLimit = 100;
    public const int MaxWaitSeconds = 60;

    public static readonly QueryParameter Limit = new("limit", $"How many entries to answer at most; {DefaultLimit} by default.")
    {
        Type = "integer",
        Minimum = 1,
        Maximum = MaxLimit,
    };

    public static readonly QueryParameter Cursor = new("cursor", "The `nextCursor` of the part before.");

    public static readonly QueryParameter Wait = new("wait", "Answer when the task has ended, or after so many seconds; 0 by default.")
    {
        Type = "integer",
        Minimum = 0,
        Maximum = MaxWaitSeconds,
    };

    public static readonly QueryParameter Position = new("position", "Whether to answer `queuePosition` while the task is queued.") { Type = "boolean" };

    public static readonly QueryParameter Counts = new("counts", "Whether to answer how many tasks of each run (`running`) and are ready to run (`queued`, counted to 1,000).") { Type = "boolean" };

    public static readonly QueryParameter After = new("after", "Only entries with a greater `seq`.") { Type = "integer", Minimum = 0 };

    public static readonly QueryParameter Status = new("status", "Only tasks in this state.")
    {
        Values = [.. Enum.GetValues<TaskState>().Select(state => state.ToName())],
    };

    public static readonly QueryParameter DeliveryStatus = new("status", "Only deliveries in this state.")
    {
        Values = [.. DeliveryStateNames.All],
    };

    public static readonly QueryParameter Action = new("action", "Only tasks of this action.");

    public static readonly QueryParameter Tag = new("tag", "Only tasks with this tag.");

    public static readonly QueryParameter ParentId = new("parentId", "Only tasks that this task created.") { Format = "uuid" };

    public static readonly QueryParameter CreatedAfter = new("createdAfter", "Only tasks created after this moment (RFC 3339).") { Format = "date-time" };

    public static readonly QueryParameter WaitForRun = Wait with { Description = "Answer when the run has ended, or after so many seconds; 0 by default. A question to a person does not end the wait." };

    public static readonly QueryParameter RunStatus = new("status", "Only runs in this state.") { Values = RunStatusNames.All };

    public static readonly QueryParameter Definition = new("definition", "Only runs of this definition, `owner/name` or `owner/name@version`.");

    public static readonly QueryParameter RunTag = new("tag", "Only runs with this tag.");

    public static readonly QueryParameter WaitingRuns = new("waiting", "`true`: only runs of which a step waits for a person.") { Type = "boolean" };

    public static readonly QueryParameter ParentRun = new("parentId", "Only runs that are steps of this run.") { Format = "uuid" };

    public static readonly QueryParameter Item = new("item", "Answer the output and the work of this item alone, from 0, and in `item` where it stands and why it failed.")
    {
        Type = "integer",
        Minimum = 0,
        Maximum = RunLimits.MaxItems - 1,
    };

    public static readonly QueryParameter Owner = new("owner", "Only definitions of this owner.");

    public static readonly QueryParameter Name = new("name", "Only definitions of this name.");

    public static readonly QueryParameter Version = new("version", "Which version; the one published last by default.");

    public static readonly QueryParameter DryRun = new("dryRun", "Whether to check the definition without publishing it.") { Type = "boolean" };

    public static readonly QueryParameter OfWorkspace = new("workspace", "Only entries of this workspace.");

    public static readonly QueryParameter Workspace = new("workspace", "Count only the tasks of this workspace.");

    public static readonly QueryParameter TimelineWorkspace = new("workspace", "Only tasks of this workspace.");

    public static readonly QueryParameter TimelineAction = new("action", "Only tasks of this action.");

    public static readonly QueryParameter DurationSeconds = new("durationSeconds", "How far back to go; `Timeline:DurationSeconds` by default, and at most as long as figures are kept.")
    {
        Type = "integer",
        Minimum = 1,
    };

    public const string MostFrequent = "frequent";

    public static readonly QueryParameter ErrorSort = new("sort", "`recent` (the default): what failed last first; `frequent`: what most tasks failed of first.")
    {
        Values = ["recent", MostFrequent],
    };

    public static readonly QueryParameter AuditWorkspace = new("workspace", "Only what was done in this workspace, which may be gone.");

    public static readonly QueryParameter Actor = new("actor", "Only what this caller did.");

    public static readonly QueryParameter Operation = new("operation", "Only this operation, by its id in the OpenAPI document.");

    public static readonly QueryParameter AuditAfter = new("createdAfter", "Only what was done after this moment (RFC 3339).") { Format = "date-time" };
}
