using System.Text;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;
using Orchestrator.Storage.Turns;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>What every suite needs: an empty store with its clock in hand, short words for work, and a sound database at the end.</summary>
public abstract class StoreConformance(Func<Task<ITestStore>> create) : IAsyncLifetime
{
    protected const string Default = IWorkspaceStore.DefaultWorkspace;
    protected const string Action = "work";

    protected static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    protected static readonly CancellationToken None = CancellationToken.None;

    private ITestStore? _test;

    protected ITestStore Test => _test ?? throw new InvalidOperationException("The store is not open yet.");

    protected IStore Store => Test.Store;

    protected IStoreClock Clock => Test.Clock;

    /// <summary>The invariants the test breaks on purpose; the database must be sound in every other respect.</summary>
    protected bool BreaksInvariants { get; set; }

    public async Task InitializeAsync() => _test = await create();

    public async Task DisposeAsync()
    {
        if (_test is null)
        {
            return;
        }

        try
        {
            if (!BreaksInvariants)
            {
                Assert.Equal([], await Store.Invariants.CheckAsync(None));
            }
        }
        finally
        {
            await _test.DisposeAsync();
        }
    }

    protected static NewTask NewTask(string action = Action) => new() { Id = TaskIds.Next(), Action = action };

    protected static NewTask[] NewTasks(int count, string action = Action) => [.. Enumerable.Range(0, count).Select(_ => NewTask(action))];

    protected static ReadOnlyMemory<byte> Json(string text) => Encoding.UTF8.GetBytes(text);

    protected static string Text(ReadOnlyMemory<byte>? json) => Encoding.UTF8.GetString(json!.Value.Span);

    protected Task<SubmissionResult> TrySubmitAsync(params NewTask[] tasks) => TrySubmitAsync(new Submission(Default, tasks));

    protected async Task<SubmissionResult> TrySubmitAsync(Submission submission) =>
        Assert.Single(await Store.Submissions.SubmitAsync([submission], None));

    protected Task<IReadOnlyList<CreatedTask>> SubmitAsync(params NewTask[] tasks) => SubmitToAsync(Default, tasks);

    protected async Task<IReadOnlyList<CreatedTask>> SubmitToAsync(string workspace, params NewTask[] tasks) =>
        Assert.IsType<SubmissionResult.Accepted>(await TrySubmitAsync(new Submission(workspace, tasks))).Tasks;

    protected async Task<Guid> SubmitOneAsync(NewTask? task = null) => Assert.Single(await SubmitAsync(task ?? NewTask())).Id;

    protected async Task CreateWorkspaceAsync(string id, double weight = 1, int? maxParallel = null) =>
        Assert.NotNull(await Store.Workspaces.CreateAsync(new WorkspaceRecord { Id = id, Weight = weight, MaxParallel = maxParallel }, None));

    protected Task<TurnResult> TurnAsync(int slots, params ActionCapacity[] actions) =>
        Store.Turns.TakeAsync(new TurnRequest(Guid.Empty, slots, actions, Lease), None);

    protected async Task<IReadOnlyList<ClaimedTask>> TakeAsync(int slots = 1_000, string action = Action) =>
        (await TurnAsync(slots, new ActionCapacity(action, slots))).Tasks;

    protected async Task<ClaimedTask> TakeOneAsync() => Assert.Single(await TakeAsync(1));

    /// <summary>Takes turns until one brings nothing and says that there is nothing more.</summary>
    protected async Task<IReadOnlyList<ClaimedTask>> TakeEverythingAsync(int slots = 1_000)
    {
        var all = new List<ClaimedTask>();
        TurnResult turn;
        do
        {
            turn = await TurnAsync(slots, new ActionCapacity(Action, slots));
            all.AddRange(turn.Tasks);
        }
        while (turn.MoreReady || turn.Tasks.Count > 0);
        return all;
    }

    protected async Task<SettlementResult> SettleAsync(ClaimedTask task, AttemptOutcome outcome, bool ofExpiredLease = false) =>
        Assert.Single(await Store.Leases.SettleAsync([Settlement(task, outcome, ofExpiredLease)], None));

    protected static Settlement Settlement(ClaimedTask task, AttemptOutcome outcome, bool ofExpiredLease = false) =>
        new(task.Lease, task.WorkspaceKey, task.Lane, outcome) { OfExpiredLease = ofExpiredLease, Step = ofExpiredLease ? null : task.Step };

    protected static AttemptOutcome Completed(string result = "\"done\"") => new AttemptOutcome.Completed(Json(result));

    protected static AttemptOutcome Failed(string code = ErrorCodes.InvalidInput) => new AttemptOutcome.Failed(TaskError.Of(code, "broken"));

    protected static AttemptOutcome Retried(TimeSpan delay = default) =>
        new AttemptOutcome.Retried(TaskError.Of(ErrorCodes.ProviderError, "try again"), delay);

    /// <summary>Submits a task and brings it to its end.</summary>
    protected async Task<Guid> SubmitEndedAsync(AttemptOutcome outcome, NewTask? task = null)
    {
        var id = await SubmitOneAsync(task);
        var claimed = await TakeOneAsync();
        Assert.Equal(id, claimed.Lease.TaskId);
        Assert.Equal(SettlementResult.Accepted, await SettleAsync(claimed, outcome));
        await ResolveAsync();
        return id;
    }

    protected async Task<Guid> SubmitCancelledAsync()
    {
        var id = await SubmitOneAsync();
        Assert.IsType<CancelResult.Done>(await Store.Control.CancelAsync(id, None));
        await ResolveAsync();
        return id;
    }

    /// <summary>Carries on what ended tasks entail until nothing is left.</summary>
    protected async Task ResolveAsync()
    {
        while ((await Store.Reminders.ResolveEndedAsync(100, None)).Count > 0)
        {
        }
    }

    protected async Task<TaskRecord> FindAsync(Guid id)
    {
        var task = await Store.Tasks.FindAsync(id, None);
        Assert.NotNull(task);
        return task;
    }

    protected async Task<TaskState> StateAsync(Guid id) => (await FindAsync(id)).State;

    protected async Task<string[]> HistoryAsync(Guid id)
    {
        var history = await Store.Tasks.ReadHistoryAsync(id, 0, 1_000, None);
        Assert.NotNull(history);
        Assert.Equal(Enumerable.Range(1, history.Events.Count), history.Events.Select(entry => entry.Seq));
        return [.. history.Events.Select(entry => entry.Type)];
    }
}
