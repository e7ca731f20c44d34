using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Webhooks;

/// <summary>The types of events that webhooks are told of.</summary>
public static class EventTypes
{
    /// <summary>Stands for every type.</summary>
    public const string Any = "*";

    public const string TaskCompleted = "task.completed";
    public const string TaskFailed = "task.failed";
    public const string TaskCancelled = "task.cancelled";
    public const string WorkspacePaused = "workspace.paused";
    public const string WorkspaceResumed = "workspace.resumed";
    public const string FuseTripped = "fuse.tripped";
    public const string FuseReset = "fuse.reset";
    public const string FuseWarning = "fuse.warning";

    public static IReadOnlyList<string> All { get; } =
    [
        TaskCompleted, TaskFailed, TaskCancelled, WorkspacePaused, WorkspaceResumed, FuseTripped, FuseReset, FuseWarning, .. RunEventTypes.All,
    ];

    /// <summary>The type of a task's end.</summary>
    public static string OfEnd(TaskState state) => state switch
    {
        TaskState.Completed => TaskCompleted,
        TaskState.Failed => TaskFailed,
        TaskState.Cancelled => TaskCancelled,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
