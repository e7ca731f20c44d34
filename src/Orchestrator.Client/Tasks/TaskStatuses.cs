using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Client.Tasks;

/// <summary>The states of a task by their names.</summary>
public static class TaskStatuses
{
    public const string Scheduled = "scheduled";
    public const string Blocked = "blocked";
    public const string Queued = "queued";
    public const string Processing = "processing";
    public const string Waiting = "waiting";
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";

    /// <summary>Whether the task has ended, and so changes no more.</summary>
    public static bool HasEnded(this TaskResponse task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return task.Status is Completed or Failed or Cancelled;
    }

    /// <summary>Whether this event is the last of its task.</summary>
    public static bool EndsTask(this EventResponse entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Type is "task.completed" or "task.failed" or "task.cancelled";
    }
}
