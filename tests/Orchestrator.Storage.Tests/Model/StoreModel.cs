using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Tests.Model;

/// <summary>What a store should do, in memory and with nothing hidden.</summary>
internal sealed class StoreModel(IReadOnlyDictionary<string, int?> limits)
{
    private readonly Dictionary<Guid, ModelTask> _tasks = [];

    public IReadOnlyCollection<ModelTask> Tasks => _tasks.Values;

    public HashSet<string> Paused { get; } = [];

    /// <summary>The lanes from which turns may take.</summary>
    public IReadOnlyCollection<string> Offered { get; set; } = [];

    public ModelTask? Find(Guid id) => _tasks.GetValueOrDefault(id);

    /// <summary>How many more tasks of the workspace may start now.</summary>
    public int Room(string workspace)
    {
        var ready = Ready(workspace).Count();
        return limits[workspace] is { } limit ? Math.Clamp(limit - Running(workspace), 0, ready) : ready;
    }

    /// <summary>Ready tasks in the order in which a turn must take them.</summary>
    public IEnumerable<ModelTask> Ready(string workspace) => Paused.Contains(workspace)
        ? []
        : Tasks.Where(task => task.Workspace == workspace && task.State == TaskState.Queued && Offered.Contains(task.Lane)).OrderBy(task => task.Order.Rank).ThenBy(task => task.Order.Id, StringComparer.Ordinal);

    /// <summary>The problem with a submission, or null once it is stored.</summary>
    public ReferenceProblem? Submit(NewTask submitted, string workspace, DateTimeOffset now)
    {
        var task = new ModelTask(submitted, workspace, now);
        if (submitted.ParentId is { } parentId)
        {
            var parent = _tasks[parentId];
            task.Depth = parent.Depth + 1;
            if (!parent.IsLive)
            {
                return ReferenceProblem.ParentEnded;
            }

            if (task.Depth > TaskLimits.MaxDelegationDepth)
            {
                return ReferenceProblem.TooDeep;
            }
        }

        _tasks.Add(task.Id, task);
        var dependencies = submitted.DependsOn.Distinct().Select(id => _tasks[id]).ToList();
        task.WaitsFor.UnionWith(dependencies.Where(dependency => dependency.IsLive).Select(dependency => dependency.Id));
        MakeReady(task, now);
        if (!task.RunsWithoutDependencies && dependencies.Any(dependency => dependency.State is TaskState.Failed or TaskState.Cancelled))
        {
            End(task, TaskState.Cancelled, settledToken: null, now);
        }

        return null;
    }

    public static void Claim(ModelTask task, Guid token, DateTimeOffset expiresAt)
    {
        task.State = TaskState.Processing;
        task.ForgetResource();
        task.Attempt++;
        task.Token = token;
        task.ExpiresAt = expiresAt;
    }

    public bool Holds(LeaseId lease, DateTimeOffset now, bool expired = false) =>
        Find(lease.TaskId) is { } task && task.Token == lease.Token && task.ExpiresAt <= now == expired;

    public SettlementResult Settle(LeaseId lease, AttemptOutcome outcome, bool ofExpiredLease, DateTimeOffset now)
    {
        var task = _tasks[lease.TaskId];
        if (!Holds(lease, now, ofExpiredLease))
        {
            return task.SettledToken == lease.Token ? SettlementResult.Accepted : SettlementResult.LeaseLost;
        }

        Guid? settledToken = ofExpiredLease ? null : lease.Token;
        switch (outcome)
        {
            case AttemptOutcome.Completed:
                End(task, TaskState.Completed, settledToken, now);
                break;
            case AttemptOutcome.Failed:
                End(task, TaskState.Failed, settledToken, now);
                break;
            case AttemptOutcome.Retried { Delay.Ticks: > 0 } retried:
                task.RunAt = now + retried.Delay;
                Requeue(task, TaskState.Scheduled, settledToken);
                break;
            case AttemptOutcome.Retried:
                Requeue(task, TaskState.Queued, settledToken);
                break;
            case AttemptOutcome.HandedBack:
                task.Attempt--;
                Requeue(task, TaskState.Queued, settledToken);
                break;
        }

        return SettlementResult.Accepted;
    }

    /// <summary>Ends a task and carries on what that entails.</summary>
    /// <param name="takesChildren">Whether its children are cancelled though it was not.</param>
    public void End(ModelTask task, TaskState state, Guid? settledToken, DateTimeOffset now, bool takesChildren = false)
    {
        task.State = state;
        task.Token = null;
        task.SettledToken = settledToken;
        foreach (var dependant in Tasks.Where(other => other.IsLive && other.WaitsFor.Contains(task.Id)).ToList())
        {
            if (dependant.State == TaskState.Waiting)
            {
                dependant.WaitsFor.Remove(task.Id);
                dependant.State = dependant.WaitsFor.Count > 0 ? TaskState.Waiting : TaskState.Queued;
            }
            else if (state != TaskState.Completed && !dependant.RunsWithoutDependencies)
            {
                End(dependant, TaskState.Cancelled, settledToken: null, now);
            }
            else if (dependant.WaitsFor.Remove(task.Id) && dependant.State == TaskState.Blocked)
            {
                MakeReady(dependant, now);
            }
        }

        foreach (var child in Tasks.Where(other => (state == TaskState.Cancelled || takesChildren) && other.IsLive && other.ParentId == task.Id).ToList())
        {
            End(child, TaskState.Cancelled, settledToken: null, now);
        }
    }

    /// <summary>Where a task goes that has not started: blocked, scheduled or queued.</summary>
    public static void MakeReady(ModelTask task, DateTimeOffset now) =>
        task.State = task.WaitsFor.Count > 0 ? TaskState.Blocked : task.RunAt > now ? TaskState.Scheduled : TaskState.Queued;

    private static void Requeue(ModelTask task, TaskState state, Guid? settledToken)
    {
        task.State = state;
        task.Token = null;
        task.SettledToken = settledToken;
    }

    private int Running(string workspace) => Tasks.Count(task => task.Workspace == workspace && task.State == TaskState.Processing);
}
