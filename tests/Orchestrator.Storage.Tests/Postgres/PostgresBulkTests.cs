using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Bulk;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tests.Conformance;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Postgres;

/// <summary>Several processes that carry the same operation on, while their connections are cut.</summary>
public sealed class PostgresBulkTests
{
    private const int Tasks = 500;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [PostgresFact]
    public async Task Step_FourProcessesWithConnectionsCut_RepeatsEachTaskOnce()
    {
        await using var test = await PostgresTestStore.CreateWithRunningClockAsync();
        using var limit = new CancellationTokenSource(Limit);
        NewTask[] tasks = [.. Enumerable.Range(0, Tasks).Select(_ => new NewTask { Id = TaskIds.Next(), Action = "work" })];
        await test.Store.Submissions.SubmitAsync([new Submission(IWorkspaceStore.DefaultWorkspace, tasks)], limit.Token);
        await RunAsync(test.Store, BulkKind.Cancel);
        var retry = await CreateAsync(test.Store, BulkKind.Retry);
        Assert.Equal(Tasks, retry.Matched);

        var cuts = await ConnectionCutter.CutWhileAsync(
            test, Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => StepAllAsync(test.OpenAnother(), retry.Id)))));

        // Another view, because the pooled connections of this test's own store were cut as well.
        var store = test.OpenAnother();
        Assert.True(cuts > 0, "No connection was cut.");
        var ended = (await store.Bulk.FindAsync(retry.Id, limit.Token))!;
        Assert.Equal((Tasks, 0), (ended.Done, ended.Skipped));
        Assert.Equal(Tasks, (await store.Tasks.CountAsync(null, limit.Token))[TaskState.Queued]);
        Assert.Equal($"{Tasks}", Assert.Single(await test.QuerySqlAsync("select count(distinct redrive_of) from task_specs")));
        Assert.Equal([], await store.Invariants.CheckAsync(limit.Token));

        async Task<BulkOperation> CreateAsync(IStore store, BulkKind kind) =>
            (await store.Bulk.CreateAsync(new() { Id = TaskIds.Next(), Kind = kind, Filter = new(IWorkspaceStore.DefaultWorkspace) }, limit.Token))!;

        async Task RunAsync(IStore store, BulkKind kind) => await StepAllAsync(store, (await CreateAsync(store, kind)).Id);

        async Task StepAllAsync(IStore store, Guid id)
        {
            while (!limit.IsCancellationRequested)
            {
                try
                {
                    await store.Bulk.StepAsync(7, static (task, input) => new NewTask { Id = TaskIds.Next(), Action = task.Action, Input = input, RedriveOf = task.Id }, limit.Token);
                    if ((await store.Bulk.FindAsync(id, limit.Token))!.FinishedAt is not null)
                    {
                        return;
                    }
                }
                catch (StoreUnavailableException)
                {
                    // A connection was cut; whether the transaction was written is not known.
                }
            }
        }
    }
}
