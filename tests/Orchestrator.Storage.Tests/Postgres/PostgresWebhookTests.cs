using Orchestrator.Core.Webhooks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tests.Conformance;
using Orchestrator.Storage.Turns;
using Orchestrator.Storage.Webhooks;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Postgres;

/// <summary>Webhooks that come and go while tasks end.</summary>
public sealed class PostgresWebhookTests
{
    private const int Webhooks = 60;

    [PostgresFact]
    public async Task CreateAndDelete_WhileTasksEnd_LeavesNothingUntoldAndNothingBehind()
    {
        await using var test = await PostgresTestStore.CreateWithRunningClockAsync();
        using var stop = new CancellationTokenSource();
        var enders = Enumerable.Range(0, 4).Select(number => Task.Run(() => EndTasksAsync(test.OpenAnother(), number, stop.Token))).ToArray();

        for (var i = 0; i < Webhooks; i++)
        {
            var webhook = new WebhookRecord
            {
                Id = TaskIds.Next(),
                Workspace = i % 2 == 0 ? null : IWorkspaceStore.DefaultWorkspace,
                Url = "https://example.org",
                Types = i % 3 == 0 ? [EventTypes.TaskCancelled] : [EventTypes.Any],
            };
            Assert.IsType<WebhookCreation.Created>(await test.Store.Webhooks.CreateAsync(webhook, "a secret of some length", CancellationToken.None));
            if (i % 4 == 3)
            {
                Assert.True(await test.Store.Webhooks.DeleteAsync(webhook.Id, CancellationToken.None));
            }

            if (i % 20 == 19)
            {
                await DeleteAllAsync(test, i == Webhooks - 1);
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(enders);
        Assert.NotEqual("0", Assert.Single(await test.QuerySqlAsync("select count(*) from webhook_deliveries")));
        Assert.Equal([], await test.Store.Invariants.CheckAsync(CancellationToken.None));
    }

    /// <summary>Checks what there is, and makes room for more.</summary>
    private static async Task DeleteAllAsync(PostgresTestStore test, bool isLast)
    {
        Assert.DoesNotContain(await test.Store.Invariants.CheckAsync(CancellationToken.None), violation => violation.Invariant.Contains("webhook", StringComparison.Ordinal));
        foreach (var webhook in isLast ? [] : await test.Store.Webhooks.ListAsync(null, null, 100, CancellationToken.None))
        {
            await test.Store.Webhooks.DeleteAsync(webhook.Id, CancellationToken.None);
        }
    }

    private static async Task EndTasksAsync(IStore store, int number, CancellationToken stop)
    {
        var action = $"work-{number}";
        while (!stop.IsCancellationRequested)
        {
            var tasks = Enumerable.Range(0, 6).Select(_ => new NewTask { Id = TaskIds.Next(), Action = action }).ToArray();
            await store.Submissions.SubmitAsync([new Submission(IWorkspaceStore.DefaultWorkspace, tasks)], CancellationToken.None);
            await store.Control.CancelAsync(tasks[0].Id, CancellationToken.None);
            var turn = await store.Turns.TakeAsync(new TurnRequest(Guid.NewGuid(), 5, [new(action, 5)], TimeSpan.FromMinutes(1)), CancellationToken.None);
            await store.Leases.SettleAsync(
                [.. turn.Tasks.Select(task => new Settlement(task.Lease, task.WorkspaceKey, task.Lane, new AttemptOutcome.Completed("1"u8.ToArray())))],
                CancellationToken.None);
        }
    }
}
