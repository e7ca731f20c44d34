using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Relational;
using Orchestrator.Storage.Runs;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tests.Conformance;
using Orchestrator.Storage.Turns;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Postgres;

/// <summary>What settling sends to PostgreSQL.</summary>
public sealed class PostgresRunCostTests
{
    private const string Document = """
        {"owner": "acme", "name": "chain", "version": "1", "steps": [{"id": "a", "action": "work"}, {"id": "b", "needs": ["a"], "action": "work"}]}
        """;

    [PostgresFact]
    public async Task Settle_PlainTasks_IsOneStatementAlone()
    {
        await using var test = await PostgresTestStore.CreateAsync();
        await test.Store.Submissions.SubmitAsync(
            [new Submission(IWorkspaceStore.DefaultWorkspace, [.. Enumerable.Range(0, 20).Select(_ => new NewTask { Id = TaskIds.Next(), Action = "work" })])], CancellationToken.None);

        Assert.Equal([SqlCatalog.Postgres["finish_tasks"]], await SettleAsync(test.Store, 20));
    }

    [PostgresFact]
    public async Task Settle_StepsOfTenTimesAsManyRuns_TakesNoStatementMore()
    {
        await using var test = await PostgresTestStore.CreateAsync();
        var published = await test.Store.Definitions.PublishAsync(new DefinitionName("acme", "chain", "1"), null, Encoding.UTF8.GetBytes(Document), Document, "json", CancellationToken.None);
        await StartAsync(56);

        // Of the first one what is asked once for all is no part.
        await SettleAsync(test.Store, 1);
        var few = await SettleAsync(test.Store, 5);
        var many = await SettleAsync(test.Store, 50);

        Assert.NotEmpty(few);
        Assert.Equal(few, many);

        async Task StartAsync(int count) => await test.Store.Runs.StartAsync(
            [
                .. Enumerable.Range(0, count).Select(_ => new NewRun
                {
                    Id = TaskIds.Next(),
                    Workspace = IWorkspaceStore.DefaultWorkspace,
                    DefinitionKey = ((PublishResult.Published)published).Definition.Key,
                    Input = "1"u8.ToArray(),
                    DefaultMaxParallel = 1,
                    Priority = 500,
                }),
            ],
            CancellationToken.None);
    }

    /// <summary>Takes and settles so many tasks; answers the statements that settling them took.</summary>
    private static async Task<IReadOnlyList<string>> SettleAsync(IStore store, int count)
    {
        var turn = await store.Turns.TakeAsync(new TurnRequest(Guid.Empty, count, [new("work", count)], TimeSpan.FromMinutes(1)), CancellationToken.None);
        Assert.Equal(count, turn.Tasks.Count);
        using var source = new ActivitySource(nameof(PostgresRunCostTests));
        var statements = new ConcurrentQueue<string>();
        ActivityTraceId trace = default;
        using var listener = new ActivityListener
        {
            ShouldListenTo = heard => heard.Name is "Npgsql" or nameof(PostgresRunCostTests),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.Source.Name == "Npgsql" && activity.TraceId == trace && (activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")) is string text)
                {
                    statements.Enqueue(text);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using (var settling = source.StartActivity("settle"))
        {
            trace = settling!.TraceId;
            await store.Leases.SettleAsync(
                [.. turn.Tasks.Select(task => new Settlement(task.Lease, task.WorkspaceKey, task.Lane, new AttemptOutcome.Completed("1"u8.ToArray())) { Step = task.Step })], CancellationToken.None);
        }

        return [.. statements];
    }
}
