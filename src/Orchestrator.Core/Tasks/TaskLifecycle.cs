using System.Collections.Frozen;
using static Orchestrator.Core.Tasks.TaskState;
using static Orchestrator.Core.Tasks.TaskTrigger;

namespace Orchestrator.Core.Tasks;

/// <summary>The one table of legal task moves. <c>docs/lifecycle.md</c> draws it and a test holds the drawing against it.</summary>
public static class TaskLifecycle
{
    /// <summary>Every legal move.</summary>
    public static IReadOnlyList<TaskEdge> Edges { get; } =
    [
        new(null, Queued, Submitted),
        new(null, Scheduled, Submitted),
        new(null, Blocked, Submitted),

        new(Scheduled, Queued, Due),
        new(Scheduled, Queued, Rescheduled),
        new(Scheduled, Cancelled, CancelRequested),
        new(Scheduled, Failed, DeadlinePassed),

        new(Blocked, Queued, DependenciesEnded),
        new(Blocked, Scheduled, DependenciesEnded),
        new(Blocked, Cancelled, DependencyFailed),
        new(Blocked, Cancelled, CancelRequested),
        new(Blocked, Failed, DeadlinePassed),

        new(Queued, Processing, Claimed),
        new(Queued, Scheduled, Rescheduled),
        new(Queued, Waiting, Parked),
        new(Queued, Cancelled, CancelRequested),
        new(Queued, Failed, DeadlinePassed),

        new(Processing, Completed, Succeeded),
        new(Processing, Queued, RetryGranted),
        new(Processing, Scheduled, RetryGranted),
        new(Processing, Queued, HandedBack),
        new(Processing, Waiting, Parked),
        new(Processing, Failed, GaveUp),
        new(Processing, Failed, DeadlinePassed),
        new(Processing, Cancelled, CancelRequested),

        new(Waiting, Queued, Resumed),
        new(Waiting, Completed, Resolved),
        new(Waiting, Failed, Rejected),
        new(Waiting, Failed, DeadlinePassed),
        new(Waiting, Cancelled, CancelRequested),
    ];

    private static readonly FrozenDictionary<(TaskState?, TaskTrigger), FrozenSet<TaskState>> Targets = Edges
        .GroupBy(edge => (edge.From, edge.Trigger))
        .ToFrozenDictionary(group => group.Key, group => group.Select(edge => edge.To).ToFrozenSet());

    /// <summary>True once nothing can move the task any more.</summary>
    public static bool IsTerminal(this TaskState state) => state is Completed or Failed or Cancelled;

    /// <summary>True while no attempt has been made and none is running.</summary>
    public static bool IsPending(this TaskState state) => state is Scheduled or Blocked or Queued;

    /// <summary>Whether <paramref name="trigger"/> may move a task from <paramref name="from"/> to <paramref name="to"/>.</summary>
    public static bool Allows(TaskState? from, TaskTrigger trigger, TaskState to) =>
        Targets.TryGetValue((from, trigger), out var states) && states.Contains(to);

    /// <summary>Whether any trigger leads from <paramref name="from"/> to <paramref name="to"/>.</summary>
    public static bool Allows(TaskState? from, TaskState to) =>
        Edges.Any(edge => edge.From == from && edge.To == to);
}
