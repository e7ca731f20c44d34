using System.Collections.Concurrent;
using System.Diagnostics;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Relational;
using Orchestrator.Storage.Retention;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tests.Conformance;
using Orchestrator.Storage.Turns;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Postgres;

/// <summary>Usage that several processes settle and fold at once, and what it costs those that settle without any.</summary>
public sealed class PostgresUsageTests
{
    private const string Action = "work";
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly string[] Workspaces = [IWorkspaceStore.DefaultWorkspace, "a", "b"];

    [PostgresFact]
    public async Task Fold_ByTwoProcessesWhileOthersSettle_LosesNothingAndCountsNothingTwice()
    {
        await using var test = await PostgresTestStore.CreateWithRunningClockAsync();
        await test.Store.Workspaces.CreateAsync(new() { Id = "a" }, None);
        await test.Store.Workspaces.CreateAsync(new() { Id = "b" }, None);
        using var settled = new CancellationTokenSource();
        var folders = Enumerable.Range(0, 2).Select(_ => Task.Run(() => FoldUntilAsync(test.OpenAnother(), settled.Token))).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(number => Task.Run(() => SettleAsync(test.OpenAnother(), number))));
        await settled.CancelAsync();
        await Task.WhenAll(folders);

        foreach (var workspace in Workspaces)
        {
            Assert.Equal(new TaskUsage(180, 0, 0, 360, 1.8m), (await test.Store.Workspaces.FindUsageAsync(workspace, None))!.Total);
        }

        while (await FoldAsync(test.Store, 100) > 0)
        {
        }

        Assert.Equal("540", Assert.Single(await test.QuerySqlAsync("select sum(input_tokens) from workspace_usage")));
        Assert.Equal([], await test.Store.Invariants.CheckAsync(None));
    }

    [PostgresFact]
    public async Task Settle_EndsWithAndWithoutUsage_IsOneStatementAndWithoutTheSameAsEver()
    {
        await using var test = await PostgresTestStore.CreateAsync();
        var plain = new AttemptOutcome.Completed("1"u8.ToArray());
        var retried = new AttemptOutcome.Retried(TaskError.Of(ErrorCodes.Timeout, "slow"), TimeSpan.FromHours(1));
        var usage = new TaskUsage(1);
        var finish = SqlCatalog.Postgres["finish_tasks"];

        Assert.Equal([finish], await StatementsAsync(plain, plain));
        Assert.Equal([SqlCatalog.Postgres["finish_tasks_with_usage"]], await StatementsAsync(plain, plain with { Usage = usage }));

        var mixed = await StatementsAsync(plain, retried);
        var mixedWithUsage = await StatementsAsync(plain, retried with { Usage = usage });
        Assert.DoesNotContain(mixed, static statement => statement.Contains("usage", StringComparison.OrdinalIgnoreCase) && !statement.Contains("has_usage", StringComparison.Ordinal));
        Assert.Contains(finish, mixed);
        Assert.Equal([SqlCatalog.Postgres["append_usage"]], mixedWithUsage.Except(mixed));
        Assert.Equal(mixed.Count + 1, mixedWithUsage.Count);

        async Task<List<string>> StatementsAsync(params AttemptOutcome[] outcomes)
        {
            await SubmitAsync(test.Store, Action, outcomes.Length);
            var claims = await TakeAsync(test.Store, Action, outcomes.Length);
            using var recorder = new StatementRecorder();
            await test.Store.Leases.SettleAsync([.. claims.Zip(outcomes, Settlement)], None);
            return recorder.Statements;
        }
    }

    private static Settlement Settlement(ClaimedTask claim, AttemptOutcome outcome) => new(claim.Lease, claim.WorkspaceKey, claim.Lane, outcome);

    private static async Task SubmitAsync(IStore store, string action, int count, string workspace = IWorkspaceStore.DefaultWorkspace) =>
        await store.Submissions.SubmitAsync(
            [new Submission(workspace, [.. Enumerable.Range(0, count).Select(_ => new NewTask { Id = TaskIds.Next(), Action = action })])], None);

    private static async Task<IReadOnlyList<ClaimedTask>> TakeAsync(IStore store, string action, int count) =>
        (await store.Turns.TakeAsync(new TurnRequest(Guid.NewGuid(), count, [new(action, count)], TimeSpan.FromMinutes(1)), None)).Tasks;

    /// <summary>Sixty tasks for each workspace, of which a third is tried twice; every batch is settled twice.</summary>
    private static async Task SettleAsync(IStore store, int number)
    {
        var action = $"work-{number}";
        var usage = new TaskUsage(InputTokens: 1, ReasoningTokens: 2, Cost: 0.01m);
        AttemptOutcome completed = new AttemptOutcome.Completed("1"u8.ToArray()) { Usage = usage };
        AttemptOutcome retried = new AttemptOutcome.Retried(TaskError.Of(ErrorCodes.Timeout, "slow"), TimeSpan.FromHours(1)) { Usage = usage };
        for (var i = 0; i < 20; i++)
        {
            foreach (var workspace in Workspaces)
            {
                await SubmitAsync(store, action, 3, workspace);
            }

            var claims = new List<ClaimedTask>();
            while (claims.Count < 9)
            {
                claims.AddRange(await TakeAsync(store, action, 9 - claims.Count));
            }

            var batch = claims.Select((claim, index) => Settlement(claim, i % 3 == 0 && index % 3 == 0 ? retried : completed)).ToArray();
            Assert.All(await store.Leases.SettleAsync(batch, None), static result => Assert.Equal(SettlementResult.Accepted, result));
            Assert.All(await store.Leases.SettleAsync(batch, None), static result => Assert.Equal(SettlementResult.Accepted, result));
        }
    }

    private static async Task FoldUntilAsync(IStore store, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await FoldAsync(store, 7);
        }
    }

    private static Task<int> FoldAsync(IStore store, int limit)
    {
        var never = TimeSpan.FromDays(3_000);
        return store.Retention.PurgeAsync(new RetentionPeriods(never, never, never, never), limit, None);
    }

    /// <summary>The statements that Npgsql sends for the one that made this, until it is disposed of.</summary>
    private sealed class StatementRecorder : IDisposable
    {
        private readonly ConcurrentQueue<string> _statements = [];
        private readonly ActivityListener _listener;
        private readonly System.Diagnostics.Activity _parent = new System.Diagnostics.Activity("settle").Start();

        public StatementRecorder()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = static source => source.Name == "Npgsql",
                Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                    options.Parent.TraceId == _parent.TraceId ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
                ActivityStopped = activity =>
                {
                    if (activity.GetTagItem("db.query.text") is string statement && activity.TraceId == _parent.TraceId)
                    {
                        _statements.Enqueue(statement);
                    }
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public List<string> Statements => [.. _statements];

        public void Dispose()
        {
            _listener.Dispose();
            _parent.Dispose();
        }
    }
}
