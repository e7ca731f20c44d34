using System.Globalization;
using Orchestrator.Core.Priorities;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Priorities;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;
using Orchestrator.Storage.Tests.Conformance;
using Orchestrator.Storage.Turns;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Postgres;

/// <summary>Processes that score, others that change the goal and others that take turns, all at once.</summary>
public sealed class PostgresScoreRaceTests
{
    private const string Action = "work";
    private const string Workspace = IWorkspaceStore.DefaultWorkspace;
    private const int Hint = 300;
    private const int Goals = 60;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [PostgresFact]
    public async Task Score_GoalsThatChangeMeanwhile_LeaveNoScoreOfAnOldOne()
    {
        await using var test = await PostgresTestStore.CreateWithRunningClockAsync();
        using var limit = new CancellationTokenSource(Limit);
        NewTask[] tasks = [.. Enumerable.Range(0, 200).Select(_ => new NewTask { Id = TaskIds.Next(), Action = Action, Score = Hint })];
        Guid[] ids = [.. tasks.Select(task => task.Id)];
        await test.Store.Submissions.SubmitAsync([new Submission(Workspace, tasks)], limit.Token);
        using var changed = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        var (applied, rescored, taken) = (0, 0, 0);

        await Task.WhenAll(
            Task.Run(ChangeGoalsAsync),
            Task.Run(() => UntilChangedAsync(ApplyAsync)),
            Task.Run(() => UntilChangedAsync(ApplyAsync)),
            Task.Run(() => UntilChangedAsync(RescoreAsync)),
            Task.Run(() => UntilChangedAsync(RescoreAsync)),
            Task.Run(() => UntilChangedAsync(TakeAsync)));
        while (await test.Store.Scores.RescoreAsync(50, limit.Token) is not null)
        {
        }

        Assert.True(applied > 0 && rescored > 0 && taken > 0, $"Something did not take part: {applied}, {rescored}, {taken}.");
        Assert.Equal([], await test.Store.Invariants.CheckAsync(limit.Token));
        var waiting = (await test.Store.Tasks.ListAsync(new TaskQuery(Workspace, 500) { State = TaskState.Queued }, limit.Token))!;
        Assert.NotEmpty(waiting);
        Assert.All(waiting, task => Assert.Equal(task.ScoreSource == ScoreSource.Heuristic ? Hint : ScoreFor($"{Goals}"), task.Score));

        async Task UntilChangedAsync(Func<IStore, Task> step)
        {
            var store = test.OpenAnother();
            while (!changed.IsCancellationRequested)
            {
                await step(store);
            }

            limit.Token.ThrowIfCancellationRequested();
        }

        async Task ChangeGoalsAsync()
        {
            for (var goal = 1; goal <= Goals; goal++)
            {
                await test.Store.Workspaces.UpdateAsync(Workspace, workspace => workspace with { Goal = $"{goal}" }, limit.Token);
                await Task.Delay(20, limit.Token);
            }

            await changed.CancelAsync();
        }

        // What a model said of a goal stands in the score.
        async Task ApplyAsync(IStore store)
        {
            var read = await store.Scores.ReadPendingAsync([.. Random.Shared.GetItems(ids, 20).Distinct()], limit.Token);
            var updates = read.Where(task => task.Goal is not null).Select(task => new ScoreUpdate(task, ScoreFor(task.Goal!), ScoreSource.Model, new ScoreReason("model", 0))).ToList();
            Interlocked.Add(ref applied, (await store.Scores.ApplyAsync(updates, limit.Token)).Count);
        }

        async Task RescoreAsync(IStore store) => Interlocked.Add(ref rescored, (await store.Scores.RescoreAsync(50, limit.Token))?.Changed.Count ?? 0);

        async Task TakeAsync(IStore store)
        {
            var turn = await store.Turns.TakeAsync(new TurnRequest(Guid.NewGuid(), 1, [new(Action, 1)], TimeSpan.FromMinutes(5)), limit.Token);
            await store.Leases.SettleAsync([.. turn.Tasks.Select(task => new Settlement(task.Lease, task.WorkspaceKey, task.Lane, new AttemptOutcome.Completed("1"u8.ToArray())))], limit.Token);
            Interlocked.Add(ref taken, turn.Tasks.Count);
            await Task.Delay(10, limit.Token);
        }
    }

    private static int ScoreFor(string goal) => 500 + int.Parse(goal, CultureInfo.InvariantCulture);
}
