using System.Globalization;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Core.Naming;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Delegation;

namespace Orchestrator.Gateway.Why;

/// <summary>Says in words and in codes why a task is where it is.</summary>
internal static class WhyExplainer
{
    public static WhyResponse Explain(TaskSituation situation)
    {
        var task = situation.Task;
        List<WhyReason> reasons = task.State switch
        {
            TaskState.Scheduled => [Scheduled(task), .. Obstacles(situation)],
            TaskState.Blocked => [Blocked(situation), .. Obstacles(situation)],
            TaskState.Queued => Obstacles(situation).ToList() is { Count: > 0 } obstacles ? obstacles : [.. Line(situation)],
            TaskState.Processing => [Running(situation)],
            TaskState.Waiting when situation.Resource is { } resource => [ResourceReason.Of(task, resource), .. Obstacles(situation)],
            TaskState.Waiting when situation.Request is { } request => [ApprovalReason.Of(request), .. Obstacles(situation)],
            TaskState.Waiting when situation.Awaited is { } awaited => [Children(awaited), .. Obstacles(situation)],
            TaskState.Waiting when task.WaitingFor == WaitingFor.Provider => [FuseReason.OfCircuit(situation), .. Obstacles(situation)],
            TaskState.Waiting => [Because("parked", $"It is parked until {task.WaitingFor?.ToName() ?? "something"} lets it go on; it holds no slot.")],
            _ => [Ended(task)],
        };

        return new WhyResponse
        {
            Id = task.Id,
            Status = task.State.ToName(),
            Code = reasons[0].Code,
            Message = string.Join(' ', reasons.Select(reason => reason.Message)),
            Reasons = reasons,
            Score = situation.Score.ToResponse(),
            QueuePosition = situation.QueuePosition,
        };
    }

    private static WhyReason Scheduled(Storage.Tasks.TaskRecord task)
    {
        var due = task.DueAt is { } at ? string.Create(CultureInfo.InvariantCulture, $" at {at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}") : "";
        return task.Attempt == 0
            ? Because("scheduled", $"It becomes ready{due}.") with { Until = task.DueAt }
            : Because("backing_off", string.Create(CultureInfo.InvariantCulture, $"Attempt {task.Attempt} of {task.MaxAttempts} failed{Cause(task)}; it becomes ready again{due}.")) with { Until = task.DueAt };
    }

    private static WhyReason Blocked(TaskSituation situation)
    {
        var count = situation.Blockers.Count;
        var message = count == 1 ? "It waits for a task that it depends on." : string.Create(CultureInfo.InvariantCulture, $"It waits for {count} tasks that it depends on.");
        return Because("blocked_by_tasks", message) with { BlockedBy = situation.Blockers };
    }

    private static WhyReason Children(AwaitedTasks awaited)
    {
        var message = awaited.Count == 1
            ? "It waits for a task that it created; it holds no slot."
            : string.Create(CultureInfo.InvariantCulture, $"It waits for {awaited.Count} tasks that it created; it holds no slot.");
        return Because("waiting_for_children", message) with { BlockedBy = awaited.First };
    }

    /// <summary>What would hold the task even if it stood first in line.</summary>
    private static IEnumerable<WhyReason> Obstacles(TaskSituation situation)
    {
        if (situation.Workspace is { Paused: true } paused)
        {
            var end = paused.PausedUntil is { } until
                ? string.Create(CultureInfo.InvariantCulture, $"until {until.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}")
                : "until somebody resumes it";
            yield return FuseReason.OfPause(paused, end)
                ?? Because("workspace_paused", $"Its workspace is paused {end}.") with { Until = paused.PausedUntil };
        }

        var known = Capability.Of(situation);
        if (!known.Any(silo => silo.Refusal is null))
        {
            yield return Because("unservable", Unservable(situation.Task.Action, known))
                with
            { Silos = [.. known.Select(silo => silo.ToWhySilo())] };
        }
        else if (!known.Any(silo => silo.IsAble))
        {
            yield return SkillReason.Of(situation.Task, [.. known.Where(silo => silo.Refusal is null)]);
        }
    }

    private static IEnumerable<WhyReason> Line(TaskSituation situation)
    {
        if (situation.Workspace.MaxParallel is { } limit && situation.Running >= limit)
        {
            yield return Because("workspace_at_limit", string.Create(CultureInfo.InvariantCulture, $"Its workspace runs {Counted.Of(situation.Running, "task")} and may run {limit} at the same time."));
        }

        if (FuseReason.OfBudget(situation) is { } budget)
        {
            yield return budget;
        }

        var able = Capability.Of(situation).Where(silo => silo.IsAble).ToList();
        if (able.Count > 0 && able.All(silo => silo.IsFull))
        {
            yield return Because("silos_full", $"Every silo that serves {situation.Task.Action}{(situation.Task.Skills.Count > 0 ? " with its skills" : "")} has all its slots taken.")
                with
            { Silos = [.. able.Select(silo => silo.ToWhySilo())] };
        }

        yield return Because("in_line", situation.QueuePosition switch
        {
            null or 0 => "It is next in its workspace.",
            1 => "One task of its workspace is before it.",
            { } ahead => string.Create(CultureInfo.InvariantCulture, $"{ahead} tasks of its workspace are before it."),
        });
    }

    private static string Unservable(string action, IReadOnlyList<Capability> silos)
    {
        if (silos.Count == 0)
        {
            return $"No silo is there to serve {action}.";
        }

        var refusals = silos.Select(silo => $"{silo.Name} ({silo.Refusal})").Take(5);
        return $"No silo serves {action} now: {string.Join(", ", refusals)}.";
    }

    private static WhyReason Running(TaskSituation situation)
    {
        var task = situation.Task;
        var where = situation.RunningOn is { } silo ? $" on {silo}" : "";
        return Because("running", string.Create(CultureInfo.InvariantCulture, $"Attempt {task.Attempt} of {task.MaxAttempts} is running{where}, or waits there for a slot for a moment."));
    }

    private static WhyReason Ended(Storage.Tasks.TaskRecord task) => Because(
        "ended",
        task.State == TaskState.Completed ? "It has completed." : $"It has ended as {task.State.ToName()}{Cause(task)}.");

    private static string Cause(Storage.Tasks.TaskRecord task) => task.Error is { } error ? $" ({error.Code}: {error.Message})" : "";

    private static WhyReason Because(string code, string message) => new() { Code = code, Message = message };
}
