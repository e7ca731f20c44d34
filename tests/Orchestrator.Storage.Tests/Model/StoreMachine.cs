using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;
using Orchestrator.Storage.Tests.Conformance;
using Orchestrator.Storage.Turns;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Model;

/// <summary>Takes each step on the store and on the model, and holds every answer and every task of the one against the other.</summary>
internal sealed partial class StoreMachine
{
    private const string Action = "work";
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Dictionary<string, int?> Limits = new() { ["free"] = null, ["limited"] = 2 };
    private static readonly string[] Workspaces = [.. Limits.Keys];
    private static readonly string[][] Skills = [[], [], ["law"], ["law", "italian"]];
    private static readonly string[] Lanes = [Action + "+law", Action + "+italian+law"];

    private readonly IStore _store;
    private readonly IStoreClock _clock;
    private readonly StoreModel _model = new(Limits);
    private readonly ModelResources _resources;
    private readonly List<ClaimedTask> _claims = [];

    public StoreMachine(IStore store, IStoreClock clock)
    {
        _store = store;
        _clock = clock;
        _resources = new ModelResources(_model, clock.Now);
        _lastLook = clock.Now;
    }

    public async Task RunAsync(IEnumerable<Operation> run)
    {
        foreach (var (id, limit) in Limits)
        {
            // The model knows no fuses; none is to trip.
            await _store.Workspaces.CreateAsync(new WorkspaceRecord { Id = id, MaxParallel = limit, Fuses = LooseFuses.Settings }, None);
        }

        await PutResourcesAsync(3, 2);
        foreach (var operation in run)
        {
            await StepAsync(operation);
            while ((await _store.Reminders.ResolveEndedAsync(100, None)).Count > 0)
            {
            }

            await CompareAsync(operation);
            await CompareResourcesAsync();
        }

        Assert.Equal([], await _store.Invariants.CheckAsync(None));
    }

    private Task StepAsync(Operation operation) => operation.Kind switch
    {
        OperationKind.Submit => SubmitAsync(operation),
        OperationKind.Turn => TurnAsync(operation),
        OperationKind.Settle => SettleAsync(operation),
        OperationKind.Reap => ReapAsync(operation),
        OperationKind.Renew => RenewAsync(operation),
        OperationKind.Append => AppendAsync(operation),
        OperationKind.Cancel => CancelAsync(operation),
        OperationKind.Patch => PatchAsync(operation),
        OperationKind.Advance => _clock.AdvanceAsync(TimeSpan.FromSeconds((operation.A % 16) + 1)),
        OperationKind.FireDue => FireDueAsync(),
        OperationKind.FailOverdue => FailOverdueAsync(),
        OperationKind.PauseOrResume => PauseOrResumeAsync(operation),
        OperationKind.Wake => WakeAsync(),
        OperationKind.Refuse => RefuseAsync(operation),
        OperationKind.ChangeResources => ChangeResourcesAsync(operation),
        OperationKind.Delegate => DelegateAsync(operation),
        OperationKind.Await => AwaitAsync(operation),
        OperationKind.Say => SayAsync(operation),
        OperationKind.Save => SaveAsync(operation),
        OperationKind.Ask => AskAsync(operation),
        OperationKind.Decide => DecideAsync(operation),
        OperationKind.Expire => ExpireAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    private async Task SubmitAsync(Operation operation)
    {
        var workspace = Workspaces[operation.A % 2];
        var known = _model.Tasks.Where(task => task.Workspace == workspace).ToList();
        var task = new NewTask
        {
            Id = TaskIds.Next(),
            Action = Action,
            Score = operation.B,
            MaxAttempts = (operation.A % 3) + 1,
            RunAt = operation.A % 5 == 0 ? _clock.Now.AddSeconds((operation.B % 20) - 3) : null,
            DeadlineAt = operation.A % 7 == 0 ? _clock.Now.AddSeconds((operation.C % 40) + 1) : null,
            DependsOn = known.Count > 0 && operation.B % 3 == 0 ? [known[operation.C % known.Count].Id, known[operation.B % known.Count].Id] : [],
            OnDependencyFailure = (DependencyFailureAction)(operation.C % 2),
            Resources = Needs(operation),
            Skills = Skills[operation.B / 4 % 4],
            ParentId = known.Count > 0 && operation.C % 4 == 0 ? known[operation.A % known.Count].Id : null,
        };

        var expected = _model.Submit(task, workspace, _clock.Now);
        var result = Assert.Single(await _store.Submissions.SubmitAsync([new Submission(workspace, [task])], None));

        if (expected is { } problem)
        {
            var reference = Assert.Single(Assert.IsType<SubmissionResult.InvalidReferences>(result).References);
            Assert.Equal(new InvalidReference(0, null, problem) { Limit = problem == ReferenceProblem.TooDeep ? TaskLimits.MaxDelegationDepth : null }, reference);
        }
        else
        {
            Assert.Equal(_model.Find(task.Id)!.Depth, Assert.Single(Assert.IsType<SubmissionResult.Accepted>(result).Tasks).DelegationDepth);
        }
    }

    private async Task TurnAsync(Operation operation)
    {
        var slots = (operation.A % 4) + 1;
        var lanes = Lanes[..(operation.B % 3)];
        _model.Offered = [Action, .. lanes];
        var room = Workspaces.ToDictionary(workspace => workspace, _model.Room);
        var turn = await _store.Turns.TakeAsync(new TurnRequest(Guid.Empty, slots, [new(Action, slots) { Lanes = lanes }], Lease), None);

        Assert.True(turn.Tasks.Count == Math.Min(slots, room.Values.Sum()) || turn.MoreReady, $"{turn.Tasks.Count} of {slots} slots used with room for {room.Values.Sum()}.");
        var parked = 0;
        foreach (var workspace in Workspaces)
        {
            var claims = turn.Tasks.Where(task => task.Workspace == workspace).Select(claim => claim.Lease.TaskId).ToList();
            Assert.InRange(claims.Count, 0, room[workspace]);
            Assert.Equal(_model.Ready(workspace).Where(task => claims.Contains(task.Id)).Select(task => task.Id), claims);
            parked += await CheckGrantsAsync(workspace, claims);
        }

        Assert.Equal(parked, turn.Parked);

        foreach (var claim in turn.Tasks)
        {
            var task = _model.Find(claim.Lease.TaskId)!;
            StoreModel.Claim(task, claim.Lease.Token, _clock.Now + Lease);
            Assert.Equal(task.Attempt, claim.Attempt);
            _claims.Add(claim);
        }
    }

    private async Task SettleAsync(Operation operation)
    {
        if (AnyClaim(operation.A) is { } claim)
        {
            AttemptOutcome outcome = (operation.B % 5) switch
            {
                0 or 1 => new AttemptOutcome.Completed("1"u8.ToArray()),
                2 => new AttemptOutcome.HandedBack(),
                3 when claim.Attempt < claim.MaxAttempts => Retried(operation.C),
                _ => new AttemptOutcome.Failed(TaskError.Of(ErrorCodes.InvalidInput, "bad")),
            };
            await SettleAsync(claim, outcome, ofExpiredLease: false);
        }
    }

    private async Task ReapAsync(Operation operation)
    {
        var expired = await _store.Leases.FindExpiredAsync(100, None);
        Assert.Equal(
            _model.Tasks.Where(task => task.Token is not null && task.ExpiresAt <= _clock.Now).Select(task => new LeaseId(task.Id, task.Token!.Value)).ToHashSet(),
            expired.Select(lease => lease.Lease).ToHashSet());
        if (AnyClaim(operation.A) is { } claim)
        {
            await SettleAsync(claim, claim.Attempt < claim.MaxAttempts ? Retried(operation.C) : new AttemptOutcome.Failed(TaskError.Of(ErrorCodes.HeartbeatMissed, "gone")), ofExpiredLease: true);
        }
    }

    private Task SettleAsync(ClaimedTask claim, AttemptOutcome outcome, bool ofExpiredLease) => SettleAsync(claim, outcome, outcome, ofExpiredLease);

    private async Task SettleAsync(ClaimedTask claim, AttemptOutcome outcome, AttemptOutcome effect, bool ofExpiredLease)
    {
        var expected = _model.Settle(claim.Lease, effect, ofExpiredLease, _clock.Now);
        var settlement = new Settlement(claim.Lease, claim.WorkspaceKey, claim.Lane, WithUsage(claim, outcome)) { OfExpiredLease = ofExpiredLease };
        Assert.Equal(expected, Assert.Single(await _store.Leases.SettleAsync([settlement], None)));
    }

    private Task RenewAsync(Operation operation)
    {
        if (AnyClaim(operation.A) is { } claim)
        {
            var held = _model.Holds(claim.Lease, _clock.Now);
            Assert.Equal(held ? [] : [claim.Lease], _store.Leases.Renew([claim.Lease], Lease));
            if (held)
            {
                _model.Find(claim.Lease.TaskId)!.ExpiresAt = _clock.Now + Lease;
            }
        }

        return Task.CompletedTask;
    }

    private async Task AppendAsync(Operation operation)
    {
        if (AnyClaim(operation.A) is { } claim)
        {
            var expected = _model.Holds(claim.Lease, _clock.Now) ? SettlementResult.Accepted : SettlementResult.LeaseLost;
            Assert.Equal([expected], await _store.Leases.AppendAsync([new AttemptEvent.Chunk(claim.Lease, "text")], None));
        }
    }

    private async Task CancelAsync(Operation operation)
    {
        if (AnyTask(operation.A) is not { } task)
        {
            return;
        }

        var before = _model.Tasks.Where(other => other.IsLive).ToList();
        var endedAs = task.State;
        var result = await _store.Control.CancelAsync(task.Id, None);
        if (endedAs.IsTerminal())
        {
            Assert.Equal(new CancelResult.AlreadyEnded(endedAs), result);
            return;
        }

        _model.End(task, TaskState.Cancelled, settledToken: null, _clock.Now);
        Assert.Equal(
            before.Where(other => !other.IsLive).Select(other => other.Id).ToHashSet(),
            Assert.IsType<CancelResult.Done>(result).Cancelled.ToHashSet());
    }

    private async Task PatchAsync(Operation operation)
    {
        if (AnyTask(operation.A) is not { } task)
        {
            return;
        }

        var patch = new TaskPatch { Score = operation.B, RunAt = operation.C % 2 == 0 ? _clock.Now.AddSeconds((operation.C % 20) - 5) : null };
        var patchable = (task.State.IsPending() || task.State == TaskState.Waiting) && task is { Attempt: 0, HasWaited: false };
        Assert.Equal(patchable ? PatchResult.Patched : PatchResult.AlreadyStarted, await _store.Control.PatchAsync(task.Id, patch, None));
        if (patchable)
        {
            task.Score = operation.B;
            task.RunAt = patch.RunAt ?? task.RunAt;
            task.ForgetResource();
            StoreModel.MakeReady(task, _clock.Now);
        }
    }

    private async Task FireDueAsync()
    {
        var due = _model.Tasks.Where(task => task.State == TaskState.Scheduled && task.RunAt <= _clock.Now).ToList();
        due.ForEach(task => task.State = TaskState.Queued);
        Assert.Equal(due.Select(task => task.Id).ToHashSet(), (await _store.Reminders.FireDueAsync(100, None)).ToHashSet());
    }

    private async Task FailOverdueAsync()
    {
        var overdue = _model.Tasks.Where(task => task.IsLive && task.DeadlineAt <= _clock.Now).ToList();
        Assert.Equal(overdue.Select(task => task.Id).ToHashSet(), (await _store.Reminders.FailOverdueAsync(100, None)).ToHashSet());

        // First all of them fail, then what hangs on them follows.
        overdue.ForEach(task => task.State = TaskState.Failed);
        overdue.ForEach(task => _model.End(task, TaskState.Failed, settledToken: null, _clock.Now, takesChildren: true));
    }

    private async Task PauseOrResumeAsync(Operation operation)
    {
        var workspace = Workspaces[operation.A % 2];
        if (_model.Paused.Remove(workspace))
        {
            await _store.Workspaces.ResumeAsync(workspace, None);
        }
        else
        {
            _model.Paused.Add(workspace);
            await _store.Workspaces.PauseAsync(workspace, null, None);
        }
    }

    private async Task CompareAsync(Operation operation)
    {
        foreach (var workspace in Workspaces)
        {
            var listed = (await _store.Tasks.ListAsync(new TaskQuery(workspace, 500), None))!;
            Assert.Equal(
                _model.Tasks.Where(task => task.Workspace == workspace).OrderByDescending(task => task.Id).Select(task => $"{task.Id} {task.State} attempt {task.Attempt} after {operation}"),
                listed.Select(task => $"{task.Id} {task.State} attempt {task.Attempt} after {operation}"));
            await CompareUsageAsync(workspace, listed);
        }
    }

    private static AttemptOutcome.Retried Retried(int delay) => new(TaskError.Of(ErrorCodes.Timeout, "slow"), TimeSpan.FromSeconds(delay % 2 == 0 ? 0 : delay % 20));

    /// <summary>Any claim ever made, the latest ones above all.</summary>
    private ClaimedTask? AnyClaim(int choice) => _claims.Count == 0 ? null : _claims[^((choice % Math.Min(_claims.Count, choice % 3 == 0 ? 100 : 4)) + 1)];

    private ModelTask? AnyTask(int choice) => _model.Tasks.Count == 0 ? null : _model.Tasks.ElementAt(choice % _model.Tasks.Count);
}
