using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;

namespace Orchestrator.Storage.Relational;

/// <summary>Ends of attempts after which their task waits.</summary>
internal static class ParkedAttempts
{
    /// <summary>Parks the task of a lease that is held, or makes it ready where it has nothing to wait for. The attempt does not count.</summary>
    /// <param name="pending">How many tasks it waits for.</param>
    public static async Task<SettlementResult> WriteAsync(
        Session session, Settlement settlement, bool parked, WaitingFor waitingFor, int pending, ReadOnlyMemory<byte>? checkpoint, EventData data, DateTimeOffset now)
    {
        await session.ExecuteAsync(
            "park_attempt",
            [
                Parameter.Id("@id", settlement.Lease.TaskId),
                Parameter.Flag("@parked", parked),
                Parameter.Text("@waiting_for", waitingFor.ToName()),
                Parameter.Integer("@pending", pending),
                Parameter.Bytes("@checkpoint", checkpoint),
                Parameter.Time("@now", now),
                Parameter.Id("@settled_token", settlement.OfExpiredLease ? null : settlement.Lease.Token),
                Parameter.Text("@data", (data with { WaitingFor = waitingFor.ToName() }).ToJson()),
                .. TaskColumns.UsageParameters(settlement.Outcome.Usage),
            ]).ConfigureAwait(false);
        return parked ? SettlementResult.Parked : SettlementResult.Accepted;
    }
}
