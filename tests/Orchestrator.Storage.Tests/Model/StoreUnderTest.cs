using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;
using Orchestrator.Storage.Tests.Conformance;
using Orchestrator.Storage.Turns;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Model;

/// <summary>A real store, driven by the numbers that the model gives to tasks and leases.</summary>
internal sealed class StoreUnderTest(ITestStore test, bool fenced)
{
    private const string Action = "work";
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly List<Guid> _tasks = [];
    private readonly List<ClaimedTask> _leases = [];

    public ITestStore Test => test;

    private IStore Store => test.Store;

    public async Task SubmitAsync(int score, int maxAttempts, int delay, int? dependsOn)
    {
        var task = new NewTask
        {
            Id = TaskIds.Next(),
            Action = Action,
            Score = score,
            MaxAttempts = maxAttempts,
            RunAt = delay > 0 ? test.Clock.Now.AddSeconds(delay) : null,
            DependsOn = dependsOn is { } index ? [_tasks[index]] : [],
        };
        var results = await Store.Submissions.SubmitAsync([new Submission(IWorkspaceStore.DefaultWorkspace, [task])], None);
        Assert.IsType<SubmissionResult.Accepted>(Assert.Single(results));
        _tasks.Add(task.Id);
    }

    /// <summary>Answers which tasks the turn took, in order.</summary>
    public async Task<int[]> TakeTurnAsync(int slots)
    {
        var request = new TurnRequest(Guid.Empty, slots, [new ActionCapacity(Action, slots)], TimeSpan.FromSeconds(StoreModel.LeaseSeconds));
        var turn = await Store.Turns.TakeAsync(request, None);
        _leases.AddRange(turn.Tasks);
        return [.. turn.Tasks.Select(task => _tasks.IndexOf(task.Lease.TaskId))];
    }

    public async Task<SettlementResult> SettleAsync(int lease, End end)
    {
        var claimed = _leases[lease];
        if (!fenced)
        {
            // What a store without a fence would do: take whatever attempt is current for the one that writes.
            claimed = _leases.Last(other => other.Lease.TaskId == claimed.Lease.TaskId);
        }

        return Assert.Single(await Store.Leases.SettleAsync([new Settlement(claimed.Lease, claimed.WorkspaceKey, claimed.Action, end.ToOutcome())], None));
    }

    /// <summary>Answers which leases are lost.</summary>
    public int[] Renew() =>
        [.. Store.Leases.Renew([.. _leases.Select(task => task.Lease)], TimeSpan.FromSeconds(StoreModel.LeaseSeconds))
            .Select(lost => _leases.FindIndex(task => task.Lease == lost)).Order()];

    public async Task<int> ReapAsync()
    {
        var expired = await Store.Leases.FindExpiredAsync(100, None);
        var error = TaskError.Of(ErrorCodes.HeartbeatMissed, "silent");
        await Store.Leases.SettleAsync(
            [.. expired.Select(lease => new Settlement(
                lease.Lease,
                lease.WorkspaceKey,
                lease.Action,
                lease.Attempt < lease.MaxAttempts ? new AttemptOutcome.Retried(error, TimeSpan.Zero) : new AttemptOutcome.Failed(error)) { OfExpiredLease = true })],
            None);
        return expired.Count;
    }

    public Task<CancelResult> CancelAsync(int task) => Store.Control.CancelAsync(_tasks[task], None);

    public Task<PatchResult> PatchAsync(int task, int score) => Store.Control.PatchAsync(_tasks[task], new TaskPatch { Score = score }, None);

    public Task FireDueAsync() => Store.Reminders.FireDueAsync(100, None);

    public async Task ResolveAsync()
    {
        while ((await Store.Reminders.ResolveEndedAsync(100, None)).Count > 0)
        {
        }
    }

    public Task AdvanceAsync(int seconds) => test.Clock.AdvanceAsync(TimeSpan.FromSeconds(seconds));

    /// <summary>What is different from the model, in words; empty when nothing is.</summary>
    public async Task<string> CompareAsync(StoreModel model)
    {
        var differences = new List<string>();
        foreach (var expected in model.Tasks)
        {
            var actual = (await Store.Tasks.FindAsync(_tasks[expected.Index], None))!;
            if ((actual.State, actual.Attempt, actual.Score) != (expected.State, expected.Attempt, expected.Score))
            {
                differences.Add($"task {expected.Index}: expected {expected.State}, attempt {expected.Attempt}, score {expected.Score}; "
                    + $"is {actual.State}, attempt {actual.Attempt}, score {actual.Score}");
            }
        }

        differences.AddRange((await Store.Invariants.CheckAsync(None)).Select(violation => violation.ToString()));
        return string.Join("; ", differences);
    }
}
