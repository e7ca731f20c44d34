using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Steering;

namespace Orchestrator.Storage.Tests.Postgres;

/// <summary>Messages and questions to people.</summary>
internal sealed partial class StormWorker
{
    private async Task SteerAsync()
    {
        foreach (var claim in shared.SomeClaims(random, 4))
        {
            await store.Steering.AppendAsync(claim.Lease.TaskId, [new("user", "one"), new("system", "two")], null, cancellationToken);
            var messages = await store.Steering.ListUnconsumedAsync(claim.Lease.TaskId, cancellationToken);
            await store.Steering.SaveAsync(claim.Lease, "1"u8.ToArray(), messages.Count > 0 ? messages[0].Number : 0, null, cancellationToken);
            var request = new NewApproval(null, "Go on?", null, random.Next(2) == 0 ? TimeSpan.FromMilliseconds(random.Next(1, 50)) : null);
            var settlement = new Settlement(claim.Lease, claim.WorkspaceKey, claim.Lane, new AttemptOutcome.AwaitingApproval(request, null));
            shared.CountAsked((await store.Leases.SettleAsync([settlement], cancellationToken))[0] == SettlementResult.Parked ? 1 : 0);
        }

        foreach (var claim in shared.SomeClaims(random, 8))
        {
            var verdict = (ApprovalVerdict)random.Next((int)ApprovalVerdict.Abort + 1);
            await store.Steering.DecideAsync(claim.Lease.TaskId, new ApprovalReply(verdict), cancellationToken);
        }

        await store.Steering.ExpireDueAsync(20, cancellationToken);
    }
}
