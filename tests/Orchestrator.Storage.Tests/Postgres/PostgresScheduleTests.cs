using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Schedules;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tests.Conformance;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Postgres;

/// <summary>Several processes that find the same schedules due, while their connections are cut.</summary>
public sealed class PostgresScheduleTests
{
    private const int Schedules = 20;
    private const int Times = 30;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [PostgresFact]
    public async Task FireDue_FourProcessesWithConnectionsCut_FiresEachTimeOnce()
    {
        await using var test = await PostgresTestStore.CreateWithRunningClockAsync();
        using var limit = new CancellationTokenSource(Limit);
        DateTimeOffset? start = null;
        for (var i = 0; i < Schedules; i++)
        {
            await test.Store.Schedules.CreateAsync(
                now => new ScheduleRecord
                {
                    Id = $"s-{i}",
                    Workspace = IWorkspaceStore.DefaultWorkspace,
                    IntervalMs = 1_000,
                    AnchorAt = now,
                    NextFireAt = start ??= now.AddSeconds(-Times),
                    Task = new NewTask { Id = Guid.Empty, Action = "work" },
                },
                limit.Token);
        }

        var firing = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => FireAllAsync(test.OpenAnother()))));
        var cuts = await ConnectionCutter.CutWhileAsync(test, firing);

        // Another view, because the pooled connections of this test's own store were cut as well.
        var store = test.OpenAnother();
        Assert.True(cuts > 0, "No connection was cut.");
        Assert.Equal($"{Schedules * Times}", Assert.Single(await test.QuerySqlAsync("select count(*) from schedule_fires f join tasks t on t.id = f.task_id")));
        Assert.Equal(Schedules * Times, (await store.Tasks.CountAsync(null, limit.Token))[TaskState.Queued]);
        Assert.Equal([], await store.Invariants.CheckAsync(limit.Token));

        async Task FireAllAsync(IStore another)
        {
            while (!limit.IsCancellationRequested)
            {
                try
                {
                    await another.Schedules.FireDueAsync(7, PlanOne, limit.Token);
                    if (await another.Schedules.FindNextDueAsync(limit.Token) is null)
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

        FirePlan PlanOne(ScheduleRecord schedule, DateTimeOffset now)
        {
            var due = schedule.NextFireAt!.Value;
            var next = due.AddSeconds(1);
            return new FirePlan([new PlannedFire(due, schedule.Task with { Id = TaskIds.Next() })], next < start!.Value.AddSeconds(Times) ? next : null);
        }
    }
}
