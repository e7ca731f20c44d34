using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Runs;
using Orchestrator.Storage.Tests.Conformance;
using Orchestrator.Storage.Turns;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Postgres;

/// <summary>Processes that advance the same runs at once.</summary>
public sealed class PostgresRunRaceTests
{
    private const string Action = "work";

    private const string Branches = """
        {"owner": "acme", "name": "branches", "version": "1", "execution": {"concurrency": {"maxParallel": 3}}, "steps": [
         {"id": "a", "action": "work"}, {"id": "b", "action": "work"}, {"id": "c", "needs": ["a", "b"], "action": "work"}]}
        """;

    private const string Leaf = """{"owner": "acme", "name": "leaf", "version": "1", "steps": [{"id": "x", "action": "work"}, {"id": "y", "needs": ["x"], "action": "work"}]}""";

    private const string Tree = """
        {"owner": "acme", "name": "tree", "version": "1", "execution": {"concurrency": {"maxParallel": 4}}, "steps": [
         {"id": "each", "foreach": "${{ run.input }}", "action": "work", "input": "${{ item }}", "onFailure": "continue"},
         {"id": "sub", "run": "acme/leaf@1"}, {"id": "other", "run": "acme/leaf@1", "onFailure": "continue"},
         {"id": "last", "needs": ["each", "sub", "other"], "action": "work", "compensate": {"action": "work"}}]}
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [PostgresFact]
    public async Task Settle_TwoBranchesAtOnce_StartsWhatNeedsBothOnce()
    {
        await using var test = await PostgresTestStore.CreateWithRunningClockAsync();
        using var limit = new CancellationTokenSource(Limit);
        IStore[] silos = [test.OpenAnother(), test.OpenAnother()];
        var key = await PublishAsync(test.Store, "branches", Branches);
        var runs = await StartAsync(test.Store, key, 60);

        var tasks = (await TakeAsync(test.Store, 1_000, limit.Token)).GroupBy(task => task.Step?.RunId).Select(run => run.ToArray()).ToList();
        Assert.Equal(60, tasks.Count);
        foreach (var pair in tasks)
        {
            await Task.WhenAll(silos.Select((silo, index) => Task.Run(() => SettleAsync(silo, [pair[index]], static _ => new AttemptOutcome.Completed("1"u8.ToArray()), limit.Token))));
        }

        var last = await TakeAsync(test.Store, 1_000, limit.Token);
        Assert.Equal(runs.Order(), last.Select(task => task.Step!.RunId).Order());
        Assert.Equal([], await test.Store.Invariants.CheckAsync(limit.Token));
    }

    [PostgresFact]
    public async Task Settle_WhilePeopleAbortAndRetry_EndsEveryRunSoundly()
    {
        await using var test = await PostgresTestStore.CreateWithRunningClockAsync();
        using var limit = new CancellationTokenSource(Limit);
        await PublishAsync(test.Store, "leaf", Leaf);
        var runs = (await StartAsync(test.Store, await PublishAsync(test.Store, "tree", Tree), 5)).ToList();
        var (settled, changed) = (0, 0);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        var key = await PublishAsync(test.Store, "branches", Branches);

        await Task.WhenAll([.. Enumerable.Range(0, 4).Select(seed => Task.Run(() => WorkAsync(test.OpenAnother(), new Random(seed)))), .. Enumerable.Range(4, 4).Select(seed => Task.Run(() => MeddleAsync(test.OpenAnother(), new Random(seed))))]);

        // What is left is worked off in peace.
        while (!await EndedAsync())
        {
            limit.Token.ThrowIfCancellationRequested();
            await SettleAsync(test.Store, await TakeAsync(test.Store, 100, limit.Token), static _ => new AttemptOutcome.Completed("1"u8.ToArray()), limit.Token);
            await test.Store.Reminders.ResolveEndedAsync(100, limit.Token);
            await test.Store.Runs.LookAsync(100, limit.Token);
        }

        while (await test.Store.Reminders.ResolveEndedAsync(100, limit.Token) is { Count: > 0 } || await test.Store.Runs.LookAsync(100, limit.Token) > 0)
        {
        }

        Assert.True(settled > 100 && changed > 20, $"Something did not take part: {settled}, {changed}.");
        Assert.Equal([], await test.Store.Invariants.CheckAsync(limit.Token));

        async Task WorkAsync(IStore store, Random random)
        {
            while (!enough.IsCancellationRequested)
            {
                var tasks = await TakeAsync(store, 5, limit.Token);
                Interlocked.Add(ref settled, tasks.Count);
                await SettleAsync(store, tasks, _ => random.Next(10) == 0 ? Failure() : new AttemptOutcome.Completed("1"u8.ToArray()), limit.Token);
                if (random.Next(4) == 0)
                {
                    await store.Reminders.ResolveEndedAsync(10, limit.Token);
                    await store.Runs.LookAsync(10, limit.Token);
                }

                if (Volatile.Read(ref settled) > 500)
                {
                    await enough.CancelAsync();
                }
            }
        }

        async Task MeddleAsync(IStore store, Random random)
        {
            while (!enough.IsCancellationRequested)
            {
                Guid run;
                lock (runs)
                {
                    run = runs[random.Next(Math.Max(0, runs.Count - 5), runs.Count)];
                }

                var change = random.Next(8) switch
                {
                    0 => new RunEvent.Abort(null, random.Next(2) == 0),
                    1 => new RunEvent.Skip("sub", "2"u8.ToArray()),
                    2 => new RunEvent.Skip("each", "[]"u8.ToArray()),
                    3 => new RunEvent.Retry("last", TimeSpan.Zero, null),
                    _ => (RunEvent)new RunEvent.Retry("sub", TimeSpan.Zero, null),
                };
                if (await store.Runs.ChangeAsync(run, change, limit.Token) is RunChangeResult.Changed)
                {
                    Interlocked.Increment(ref changed);
                }

                if ((await store.Runs.FindAsync(run, limit.Token))!.FinishedAt is not null)
                {
                    var another = await StartAsync(store, random.Next(2) == 0 ? key : (await store.Definitions.FindAsync("acme", "tree", "1", limit.Token))!.Key, 1);
                    lock (runs)
                    {
                        runs.AddRange(another);
                    }
                }
            }
        }

        async Task<bool> EndedAsync()
        {
            foreach (var run in runs)
            {
                if ((await test.Store.Runs.FindAsync(run, limit.Token))!.FinishedAt is null)
                {
                    return false;
                }
            }

            return true;
        }
    }

    private static AttemptOutcome.Failed Failure() => new(TaskError.Of(ErrorCodes.InvalidInput, "broken"));

    private static async Task<long> PublishAsync(IStore store, string name, string document) =>
        Assert.IsType<PublishResult.Published>(await store.Definitions.PublishAsync(
            new DefinitionName("acme", name, "1"), null, System.Text.Encoding.UTF8.GetBytes(document), document, "json", CancellationToken.None)).Definition.Key;

    private static async Task<IReadOnlyList<Guid>> StartAsync(IStore store, long key, int count)
    {
        var runs = Enumerable.Range(0, count).Select(_ => new NewRun
        {
            Id = TaskIds.Next(),
            Workspace = IWorkspaceStore.DefaultWorkspace,
            DefinitionKey = key,
            Input = "[1,2,3,4,5,6]"u8.ToArray(),
            DefaultMaxParallel = 2,
            Priority = 500,
        }).ToList();
        Assert.All(await store.Runs.StartAsync(runs, CancellationToken.None), result => Assert.IsType<StartRunResult.Started>(result));
        return [.. runs.Select(run => run.Id)];
    }

    private static async Task<IReadOnlyList<ClaimedTask>> TakeAsync(IStore store, int slots, CancellationToken cancellationToken) =>
        (await store.Turns.TakeAsync(new TurnRequest(Guid.NewGuid(), slots, [new(Action, slots)], TimeSpan.FromMinutes(5)), cancellationToken)).Tasks;

    private static Task SettleAsync(IStore store, IReadOnlyList<ClaimedTask> tasks, Func<ClaimedTask, AttemptOutcome> outcome, CancellationToken cancellationToken) =>
        tasks.Count == 0
            ? Task.CompletedTask
            : store.Leases.SettleAsync([.. tasks.Select(task => new Settlement(task.Lease, task.WorkspaceKey, task.Lane, outcome(task)) { Step = task.Step })], cancellationToken);
}
