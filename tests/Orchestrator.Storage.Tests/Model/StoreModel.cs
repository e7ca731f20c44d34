using System.Collections.Immutable;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Storage.Tests.Model;

/// <summary>What the store must be, in its simplest form: lists of tasks and leases, and a clock.</summary>
internal sealed record StoreModel(ImmutableList<TaskModel> Tasks, ImmutableList<LeaseModel> Leases, long Now)
{
    public const int LeaseSeconds = 15;

    public static StoreModel Empty { get; } = new([], [], 0);

    public StoreModel Advance(int seconds) => this with { Now = Now + seconds };

    public StoreModel Submit(int score, int maxAttempts, int delay, int? dependsOn)
    {
        var dependency = dependsOn is { } index ? Tasks[index] : null;
        var waits = dependency is not null && dependency.State != TaskState.Completed;
        long? runAt = delay > 0 ? Now + delay : null;
        var state = waits ? TaskState.Blocked : runAt > Now ? TaskState.Scheduled : TaskState.Queued;
        var tasks = Tasks.Add(new TaskModel(Tasks.Count, state, score, maxAttempts, runAt, waits ? dependsOn : null));
        if (waits)
        {
            tasks = tasks.SetItem(dependency!.Index, dependency.State.IsTerminal()
                ? dependency with { Unresolved = true }
                : dependency with { HasDependents = true });
        }

        return this with { Tasks = tasks };
    }

    /// <summary>The ready tasks in the order in which turns take them. Scores lie so far apart that age only decides among equals.</summary>
    public IEnumerable<TaskModel> Ready() =>
        Tasks.Where(task => task.State == TaskState.Queued).OrderByDescending(task => task.Score).ThenBy(task => task.Index);

    public StoreModel TakeTurn(int slots)
    {
        var model = this;
        foreach (var task in Ready().Take(slots))
        {
            model = model.Set(task with { State = TaskState.Processing, Attempt = task.Attempt + 1, Lease = model.Leases.Count })
                with { Leases = model.Leases.Add(new LeaseModel(task.Index, Now + LeaseSeconds)) };
        }

        return model;
    }

    public bool Holds(int lease) => Tasks[Leases[lease].Task].Lease == lease && Now < Leases[lease].ExpiresAt;

    public SettlementResult ResultOf(int lease) =>
        Holds(lease) || Tasks[Leases[lease].Task].Recognised == lease ? SettlementResult.Accepted : SettlementResult.LeaseLost;

    public StoreModel Settle(int lease, End end, int? recognised)
    {
        var task = Tasks[Leases[lease].Task];
        return Set(end switch
        {
            End.Complete => task.End(TaskState.Completed, recognised),
            End.Fail => task.End(TaskState.Failed, recognised),
            End.RetryNow => task with { State = TaskState.Queued, Lease = null, Recognised = recognised },
            End.RetryLater => task with { State = TaskState.Scheduled, RunAt = Now + EndExtensions.RetryDelaySeconds, Lease = null, Recognised = recognised },
            End.HandBack => task with { State = TaskState.Queued, Attempt = task.Attempt - 1, Lease = null, Recognised = recognised },
            _ => throw new ArgumentOutOfRangeException(nameof(end)),
        });
    }

    public StoreModel Renew() => this with
    {
        Leases = [.. Leases.Select((lease, number) => Holds(number) ? lease with { ExpiresAt = Now + LeaseSeconds } : lease)],
    };

    public IEnumerable<int> Expired() =>
        Tasks.Where(task => task.Lease is { } lease && Now >= Leases[lease].ExpiresAt).Select(task => task.Lease!.Value);

    public StoreModel Reap() => Expired().ToList().Aggregate(this, (model, lease) =>
    {
        var task = model.Tasks[model.Leases[lease].Task];
        return model.Settle(lease, task.Attempt < task.MaxAttempts ? End.RetryNow : End.Fail, recognised: null);
    });

    public StoreModel FireDue() => this with
    {
        Tasks = [.. Tasks.Select(task => task.State == TaskState.Scheduled && task.RunAt <= Now ? task with { State = TaskState.Queued } : task)],
    };

    public StoreModel Cancel(int index)
    {
        if (Tasks[index].State.IsTerminal())
        {
            return this;
        }

        var model = Set(Tasks[index].End(TaskState.Cancelled, recognised: null) with { Unresolved = false });
        return model.Tasks
            .Where(task => task.DependsOn == index && task.State == TaskState.Blocked)
            .Aggregate(model, (cancelled, dependent) => cancelled.Cancel(dependent.Index));
    }

    public StoreModel Resolve() => Tasks.Where(task => task.Unresolved).Aggregate(this, (model, ended) =>
    {
        model = model.Set(ended with { Unresolved = false });
        foreach (var dependent in Tasks.Where(task => task.DependsOn == ended.Index && task.State == TaskState.Blocked))
        {
            model = ended.State == TaskState.Completed
                ? model.Set(dependent with { State = dependent.RunAt > Now ? TaskState.Scheduled : TaskState.Queued })
                : model.Cancel(dependent.Index);
        }

        return model;
    });

    public bool CanPatch(int index) => Tasks[index].State.IsPending() && Tasks[index].Attempt == 0;

    public PatchResult PatchResultOf(int index) => CanPatch(index) ? PatchResult.Patched : PatchResult.AlreadyStarted;

    public StoreModel Patch(int index, int score)
    {
        var task = Tasks[index];
        var state = task.State == TaskState.Blocked ? TaskState.Blocked : task.RunAt > Now ? TaskState.Scheduled : TaskState.Queued;
        return CanPatch(index) ? Set(task with { Score = score, State = state }) : this;
    }

    private StoreModel Set(TaskModel task) => this with { Tasks = Tasks.SetItem(task.Index, task) };
}
