using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Resources;
using Orchestrator.Storage.Retention;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;
using Orchestrator.Storage.Tests.Conformance;
using Orchestrator.Storage.Turns;
using Orchestrator.Storage.Webhooks;

namespace Orchestrator.Storage.Tests.Postgres;

/// <summary>Does one random thing after the other; nothing that it does may throw.</summary>
internal sealed partial class StormWorker(IStore store, StormSharedState shared, Random random, CancellationToken cancellationToken)
{
    private static readonly string[] Workspaces = ["a", "b", "c"];

    public Task StepAsync() => random.Next(20) switch
    {
        0 or 1 or 2 => SubmitAsync(),
        3 or 4 => TakeAsync(),
        5 or 6 => SettleAsync(),
        7 => CancelAsync(),
        8 => PatchAsync(),
        9 => RemindAsync(),
        10 => ReportAsync(),
        11 => WakeAsync(),
        12 => ChangeResourcesAsync(),
        13 => ChangeWebhooksAsync(),
        14 => DeliverAsync(),
        15 or 16 => DelegateAsync(),
        17 or 18 => SteerAsync(),
        _ => ChangeWorkspaceAsync(),
    };

    private async Task SubmitAsync()
    {
        var tasks = new List<NewTask>();
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var dependency = random.Next(3) == 0 ? shared.AnyTask(random) : null;
            tasks.Add(new NewTask
            {
                Id = TaskIds.Next(),
                Action = "work",
                MaxAttempts = 50,
                Resources = Needs(),
                Skills = random.Next(4) == 0 ? ["law"] : [],
                DependsOn = dependency is { } id ? [id] : [],
                OnDependencyFailure = (DependencyFailureAction)random.Next(2),
                ParentId = random.Next(6) == 0 ? shared.AnyTask(random) : null,
                RunAt = random.Next(5) == 0 ? TimeProvider.System.GetUtcNow().AddMilliseconds(random.Next(200)) : null,
                DeadlineAt = random.Next(10) == 0 ? TimeProvider.System.GetUtcNow().AddMilliseconds(random.Next(400)) : null,
            });
        }

        var result = Assert.Single(await store.Submissions.SubmitAsync([new Submission(Workspaces[random.Next(Workspaces.Length)], tasks)], cancellationToken));
        if (result is SubmissionResult.Accepted accepted)
        {
            accepted.Tasks.ToList().ForEach(task => shared.Add(task.Id));
        }
        else
        {
            Assert.IsType<SubmissionResult.InvalidReferences>(result);
        }
    }

    private async Task TakeAsync()
    {
        var turn = await store.Turns.TakeAsync(new TurnRequest(Guid.NewGuid(), 8, [new("work", 8) { Lanes = ["work+law"] }], TimeSpan.FromMilliseconds(300)), cancellationToken);
        turn.Tasks.ToList().ForEach(shared.Add);
        shared.CountParked(turn.Parked);
    }

    private async Task SettleAsync()
    {
        var claims = shared.SomeClaims(random, 8);
        var results = await store.Leases.SettleAsync(
            [.. claims.Select(claim => new Settlement(claim.Lease, claim.WorkspaceKey, claim.Lane, Outcome()))], cancellationToken);
        foreach (var result in results)
        {
            (result == SettlementResult.LeaseLost ? (Action)shared.CountLost : shared.CountSettled)();
            shared.CountParked(result == SettlementResult.Parked ? 1 : 0);
        }

        var expired = await store.Leases.FindExpiredAsync(10, cancellationToken);
        await store.Leases.SettleAsync(
            [.. expired.Select(lease => new Settlement(lease.Lease, lease.WorkspaceKey, lease.Lane, Outcome()) { OfExpiredLease = true }).Where(settlement => settlement.Outcome is not AttemptOutcome.Completed)],
            cancellationToken);
    }

    private async Task DelegateAsync()
    {
        foreach (var claim in shared.SomeClaims(random, 4))
        {
            NewTask[] children = [.. Enumerable.Range(0, random.Next(1, 4)).Select(number => new NewTask
            {
                Id = TaskIds.Next(), Action = "work", MaxAttempts = 50, ParentId = claim.Lease.TaskId, DelegationKey = $"#{number}",
            })];
            var submission = new Submission(claim.Workspace, children) { DelegatedBy = new DelegatingAttempt(claim.Lease) };
            if (Assert.Single(await store.Submissions.SubmitAsync([submission], cancellationToken)) is not SubmissionResult.Accepted accepted)
            {
                continue;
            }

            accepted.Tasks.Where(static task => !task.Existed).ToList().ForEach(task => shared.Add(task.Id));
            var awaiting = new AttemptOutcome.Awaiting([.. accepted.Tasks.Select(static task => task.Id)], "1"u8.ToArray());
            var results = await store.Leases.SettleAsync([new Settlement(claim.Lease, claim.WorkspaceKey, claim.Lane, awaiting)], cancellationToken);
            shared.CountAwaiting(results[0] == SettlementResult.Parked ? 1 : 0);
        }
    }

    private AttemptOutcome Outcome() => random.Next(5) switch
    {
        0 => new AttemptOutcome.Completed("1"u8.ToArray()),
        1 => new AttemptOutcome.Failed(TaskError.Of(ErrorCodes.InvalidInput, "bad")),
        2 => new AttemptOutcome.Retried(TaskError.Of(ErrorCodes.Timeout, "slow"), TimeSpan.FromMilliseconds(random.Next(50))),
        3 => new AttemptOutcome.Refused(
            TaskError.Of(ErrorCodes.RateLimited, "429"), TimeSpan.FromMilliseconds(random.Next(1, 20)), new AttemptOutcome.HandedBack()),
        _ => new AttemptOutcome.HandedBack(),
    };

    private async Task CancelAsync()
    {
        if (shared.AnyTask(random) is { } id && await store.Control.CancelAsync(id, cancellationToken) is CancelResult.Done)
        {
            shared.CountCancelled();
        }
    }

    private async Task PatchAsync()
    {
        if (shared.AnyTask(random) is { } id)
        {
            await store.Control.PatchAsync(id, new TaskPatch { Score = random.Next(1000), RunAt = TimeProvider.System.GetUtcNow().AddMilliseconds(random.Next(100)) }, cancellationToken);
        }
    }

    private async Task RemindAsync()
    {
        await store.Reminders.FireDueAsync(20, cancellationToken);
        await store.Reminders.FailOverdueAsync(20, cancellationToken);
        await store.Reminders.ResolveEndedAsync(20, cancellationToken);
        await store.Reminders.ResumePausedAsync(cancellationToken);
        var soon = TimeSpan.FromMilliseconds(500);
        await store.Retention.PurgeAsync(new RetentionPeriods(soon, soon, soon, soon) { WebhookDeliveries = soon }, 5, cancellationToken);
    }

    private async Task ReportAsync()
    {
        var leases = shared.SomeClaims(random, 20).Select(claim => claim.Lease).ToList();
        store.Leases.Renew(leases, TimeSpan.FromMilliseconds(300));
        await store.Leases.AppendAsync(
            [.. leases.SelectMany(lease => new AttemptEvent[] { new AttemptEvent.Progress(lease, 0.5, "half"), new AttemptEvent.Chunk(lease, "text") })],
            cancellationToken);
    }

    private Dictionary<string, int> Needs()
    {
        var needs = new Dictionary<string, int>();
        foreach (var name in new[] { "tokens", "permits" }.Where(_ => random.Next(3) == 0))
        {
            needs[name] = random.Next(1, 4);
        }

        return needs;
    }

    private async Task WakeAsync()
    {
        await store.Resources.WakeAsync(random.Next(2) == 0, cancellationToken);
        await store.Resources.FindNextLookAsync(cancellationToken);
    }

    private async Task ChangeResourcesAsync()
    {
        await store.Resources.PutAsync("tokens", new ResourceBounds.Bucket(random.Next(3, 20), random.Next(20, 500)), cancellationToken);
        await store.Resources.PutAsync("permits", new ResourceBounds.Semaphore(random.Next(3, 10)), cancellationToken);
    }

    private async Task ChangeWebhooksAsync()
    {
        var webhooks = await store.Webhooks.ListAsync(null, null, 10, cancellationToken);
        if (webhooks.Count < 4)
        {
            var workspace = random.Next(3) == 0 ? null : Workspaces[random.Next(Workspaces.Length)];
            await store.Webhooks.CreateAsync(
                new WebhookRecord { Id = TaskIds.Next(), Workspace = workspace, Url = "https://example.org", Types = random.Next(2) == 0 ? ["*"] : ["task.cancelled", "task.failed"] },
                "a secret of some length",
                cancellationToken);
            return;
        }

        var one = webhooks[random.Next(webhooks.Count)].Id;
        if (random.Next(3) == 0)
        {
            await store.Webhooks.DeleteAsync(one, cancellationToken);
        }
        else
        {
            await store.Webhooks.UpdateAsync(one, webhook => webhook with { Enabled = !webhook.Enabled }, null, cancellationToken);
        }
    }

    private async Task DeliverAsync()
    {
        foreach (var webhook in (await store.Deliveries.FindDueAsync(cancellationToken)).Where(webhook => webhook.In <= TimeSpan.Zero))
        {
            foreach (var delivery in await store.Deliveries.ClaimAsync(webhook.Id, 5, TimeSpan.FromMilliseconds(300), cancellationToken))
            {
                DeliveryOutcome outcome = random.Next(10) switch
                {
                    0 => new DeliveryOutcome.Gone(410, "gone"),
                    < 5 => new DeliveryOutcome.Refused(500, "broken", TimeSpan.FromMilliseconds(random.Next(50))),
                    _ => new DeliveryOutcome.Accepted(200),
                };
                if (await store.Deliveries.SettleAsync(delivery, outcome, TimeSpan.FromSeconds(1), cancellationToken) == DeliveryState.Delivered)
                {
                    shared.CountDelivered();
                }
            }
        }

        await store.Deliveries.GiveUpAbandonedAsync(TimeSpan.FromSeconds(1), 10, cancellationToken);
    }

    private async Task ChangeWorkspaceAsync()
    {
        var id = Workspaces[random.Next(Workspaces.Length)];
        await store.Workspaces.UpdateAsync(id, workspace => workspace with { Weight = random.Next(1, 5) }, cancellationToken);
        await store.Workspaces.PauseAsync(id, TimeProvider.System.GetUtcNow().AddMilliseconds(20), cancellationToken);
        await store.Workspaces.ResumeAsync(id, cancellationToken);
    }
}
