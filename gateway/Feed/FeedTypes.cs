using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Webhooks;

namespace Orchestrator.Gateway.Feed;

/// <summary>The types of messages of the live feed.</summary>
internal static class FeedTypes
{
    public const string Stats = "stats";
    public const string TaskCompleted = "task-completed";
    public const string TaskRetry = "task-retry";
    public const string TaskFailed = "task-failed";
    public const string HeartbeatMissed = "heartbeat-missed";

    /// <summary>What a model says as it says it: told only to those who ask for it by name.</summary>
    public const string TaskChunk = "task.chunk";

    /// <summary>What was asked for with the last request of the client.</summary>
    public const string Subscribed = "subscribed";

    /// <summary>What was wrong with it.</summary>
    public const string Error = "error";

    /// <summary>What clients can ask for.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Stats, TaskCompleted, TaskRetry, TaskFailed, HeartbeatMissed,
        "task.submitted", "task.scored", "task.queued", "task.blocked", "task.scheduled", "task.waiting", "task.processing", "task.progress", TaskChunk,
        "task.message", "task.cancelled",
        EventTypes.WorkspacePaused, EventTypes.WorkspaceResumed, EventTypes.FuseTripped, EventTypes.FuseReset, EventTypes.FuseWarning,
        .. RunEventTypes.All,
    ];

    /// <summary>What an entry of a task's history is called here: three have names of old.</summary>
    public static string OfTask(string entry) => entry switch
    {
        "completed" => TaskCompleted,
        "retry" => TaskRetry,
        "failed" => TaskFailed,
        _ => $"task.{entry}",
    };

    /// <summary>What is told although a client has been told almost as much as it may be.</summary>
    public static bool IsUrgent(string type) =>
        type is TaskFailed or TaskRetry or HeartbeatMissed
        || type.StartsWith("run.", StringComparison.Ordinal) || type.StartsWith("workspace.", StringComparison.Ordinal) || type.StartsWith("fuse.", StringComparison.Ordinal);
}
