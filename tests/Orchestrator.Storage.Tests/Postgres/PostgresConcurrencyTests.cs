using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Resources;
using Orchestrator.Storage.Retention;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tests.Conformance;
using Orchestrator.Storage.Turns;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Postgres;

/// <summary>Several processes at work on one database, on the server's own clock.</summary>
public sealed class PostgresConcurrencyTests
{
    private const string Action = "work";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    [PostgresFact]
    public async Task Take_FourSilosOnOneWorkspaceWithALimit_NeverExceedIt()
    {
        const int maxParallel = 10;
        const int tasks = 400;
        await using var test = await PostgresTestStore.CreateWithRunningClockAsync();
        using var limit = new CancellationTokenSource(Limit);
        await test.Store.Workspaces.CreateAsync(new WorkspaceRecord { Id = "limited", MaxParallel = maxParallel }, limit.Token);
        await SubmitAsync(test.Store, "limited", tasks, limit.Token);

        var ended = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(() => RunSiloAsync(test.OpenAnother(), number))));

        Assert.Equal(tasks, (await test.Store.Tasks.CountAsync("limited", limit.Token))[TaskState.Completed]);
        Assert.Equal([], await test.Store.Invariants.CheckAsync(limit.Token));
        Assert.Equal(maxParallel, await FindPeakAsync(test));

        // Holds what it claims across its next turn, so that the limit is really reached.
        async Task RunSiloAsync(IStore store, int number)
        {
            var random = new Random(number);
            var held = new List<ClaimedTask>();
            while (Volatile.Read(ref ended) < tasks)
            {
                var slots = random.Next(1, 6);
                held.AddRange((await store.Turns.TakeAsync(new TurnRequest(Guid.NewGuid(), slots, [new(Action, slots)], Lease), limit.Token)).Tasks);
                var settled = held.Take(random.Next(held.Count + 1)).ToList();
                held.RemoveRange(0, settled.Count);
                await SettleAsync(store, settled, limit.Token);
                Interlocked.Add(ref ended, settled.Count);
            }
        }
    }

    [PostgresFact]
    public async Task Take_TurnsParkWhileOthersSubmit_LeavesNoReadyTaskBehind()
    {
        await using var test = await PostgresTestStore.CreateWithRunningClockAsync();
        using var limit = new CancellationTokenSource(Limit);
        string[] workspaces = ["a", "b", "c"];
        foreach (var id in workspaces)
        {
            await test.Store.Workspaces.CreateAsync(new WorkspaceRecord { Id = id }, limit.Token);
        }

        var submitted = 0;
        var submitting = Task.WhenAll(Enumerable.Range(0, 3).Select(number => Task.Run(async () =>
        {
            var store = test.OpenAnother();
            var random = new Random(number);
            for (var i = 0; i < 200; i++)
            {
                var count = random.Next(1, 4);
                await SubmitAsync(store, workspaces[random.Next(workspaces.Length)], count, limit.Token);
                Interlocked.Add(ref submitted, count);
            }
        })));
        var claimed = 0;
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            var store = test.OpenAnother();
            while (!submitting.IsCompleted)
            {
                await ClaimAsync(store);
            }
        })));
        await submitting;

        // All is quiet now: nobody polls, so a workspace that was parked with ready tasks would keep them for ever.
        while (await ClaimAsync(test.Store))
        {
        }

        Assert.Equal(submitted, claimed);
        Assert.Equal([], await test.Store.Invariants.CheckAsync(limit.Token));

        async Task<bool> ClaimAsync(IStore store)
        {
            var turn = await store.Turns.TakeAsync(new TurnRequest(Guid.NewGuid(), 64, [new(Action, 64)], Lease), limit.Token);
            Interlocked.Add(ref claimed, turn.Tasks.Count);
            return turn.Tasks.Count > 0 || turn.MoreReady;
        }
    }

    [PostgresFact]
    public async Task EveryTransition_AtTheSameTimeOnTheSameTasks_FinishesWithoutAnErrorAndSound()
    {
        await using var test = await PostgresTestStore.CreateWithRunningClockAsync();
        using var limit = new CancellationTokenSource(Limit);
        foreach (var (id, maxParallel) in new[] { ("a", (int?)null), ("b", 5), ("c", 1) })
        {
            await test.Store.Workspaces.CreateAsync(new WorkspaceRecord { Id = id, MaxParallel = maxParallel, Fuses = LooseFuses.Settings }, limit.Token);
        }

        await test.Store.Resources.PutAsync("tokens", new ResourceBounds.Bucket(5, 200), limit.Token);
        await test.Store.Resources.PutAsync("permits", new ResourceBounds.Semaphore(4), limit.Token);
        var storm = new StormSharedState();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Task.Run(async () =>
        {
            var worker = new StormWorker(test.OpenAnother(), storm, new Random(number), limit.Token);
            for (var i = 0; i < 150; i++)
            {
                await worker.StepAsync();
            }
        })));

        while ((await test.Store.Reminders.ResolveEndedAsync(100, limit.Token)).Count > 0)
        {
        }

        Assert.True(
            storm.Cancelled > 0 && storm.Settled > 0 && storm.Lost > 0 && storm.Parked > 0 && storm.Awaiting > 0 && storm.Asked > 0 && storm.Delivered > 0,
            $"{storm.Awaiting} waited, {storm.Asked} asked, {storm.Cancelled} cancelled, {storm.Settled} settled, {storm.Lost} lost, {storm.Parked} parked, {storm.Delivered} delivered");
        Assert.Equal([], await test.Store.Invariants.CheckAsync(limit.Token));
    }

    [PostgresFact]
    public async Task Submit_WhileTheDependencyIsPurged_IsRefusedOrCancelledButNeverLeftWaiting()
    {
        const int rounds = 40;
        await using var test = await PostgresTestStore.CreateWithRunningClockAsync();
        using var limit = new CancellationTokenSource(Limit);
        var purger = test.OpenAnother();
        var periods = new RetentionPeriods(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromHours(1));
        var refused = 0;
        for (var round = 0; round < rounds; round++)
        {
            var dependency = new NewTask { Id = TaskIds.Next(), Action = Action };
            await test.Store.Submissions.SubmitAsync([new Submission(IWorkspaceStore.DefaultWorkspace, [dependency])], limit.Token);
            await test.Store.Control.CancelAsync(dependency.Id, limit.Token);

            // A crowd in the same submission, so that the purge comes in the middle of it.
            NewTask[] tasks = [.. Enumerable.Range(0, 100).Select(_ => new NewTask { Id = TaskIds.Next(), Action = Action, DependsOn = [dependency.Id] })];
            var submitting = Task.Run(() => test.Store.Submissions.SubmitAsync([new Submission(IWorkspaceStore.DefaultWorkspace, tasks)], limit.Token));
            var purging = Task.Run(() => purger.Retention.PurgeAsync(periods, 100, limit.Token));
            await Task.WhenAll(submitting, purging);
            refused += (await submitting)[0] is SubmissionResult.InvalidReferences ? 1 : 0;
        }

        Assert.Equal([], await test.Store.Invariants.CheckAsync(limit.Token));

        while ((await test.Store.Reminders.ResolveEndedAsync(100, limit.Token)).Count > 0)
        {
        }

        // Both orders happened, or this has shown nothing.
        Assert.InRange(refused, 1, rounds - 1);
        Assert.Equal(0, (await test.Store.Tasks.CountAsync(null, limit.Token))[TaskState.Blocked]);
    }

    private static async Task SubmitAsync(IStore store, string workspace, int count, CancellationToken cancellationToken)
    {
        NewTask[] tasks = [.. Enumerable.Range(0, count).Select(_ => new NewTask { Id = TaskIds.Next(), Action = Action })];
        var result = await store.Submissions.SubmitAsync([new Submission(workspace, tasks)], cancellationToken);
        Assert.IsType<SubmissionResult.Accepted>(Assert.Single(result));
    }

    private static async Task SettleAsync(IStore store, IReadOnlyList<ClaimedTask> tasks, CancellationToken cancellationToken)
    {
        var settlements = tasks.Select(task => new Settlement(task.Lease, task.WorkspaceKey, task.Lane, new AttemptOutcome.Completed("1"u8.ToArray()))).ToList();
        Assert.All(await store.Leases.SettleAsync(settlements, cancellationToken), result => Assert.Equal(SettlementResult.Accepted, result));
    }

    /// <summary>Sweep line over the history: the most attempts that were ever open at the same time.</summary>
    private static async Task<int> FindPeakAsync(PostgresTestStore test)
    {
        var rows = await test.QuerySqlAsync("select type || ' ' || cast(extract(epoch from at) * 1000000 as bigint) from task_history where type in ('processing', 'completed')");
        var running = 0;
        return rows.Select(row => row.Split(' '))
            .Select(row => (At: long.Parse(row[1], null), Change: row[0] == "processing" ? 1 : -1))
            .OrderBy(step => step.At).ThenBy(step => step.Change)
            .Max(step => running += step.Change);
    }
}
