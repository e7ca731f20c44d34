using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;

namespace Orchestrator.Storage.Relational;

/// <summary>Ends of attempts whose task waits for its children. It waits for them as a blocked task does for its dependencies.</summary>
internal static class ChildrenWaits
{
    /// <summary>
    /// Holds the tasks of a batch together with the children that some of them wait for, in the order of the ids: so none of these ends
    /// unseen, and two batches do not wait for each other in a circle. Without such an end it locks nothing.
    /// </summary>
    public static async Task LockAsync(Session session, IReadOnlyList<Settlement> settlements)
    {
        var awaiting = settlements.Select(static settlement => settlement.Outcome).OfType<AttemptOutcome.Awaiting>().ToList();
        if (awaiting.Count > 0)
        {
            var ids = awaiting.SelectMany(static outcome => outcome.Children).Concat(settlements.Select(static settlement => settlement.Lease.TaskId));
            await session.QueryAsync("wait_for_tasks", static _ => true, Parameter.IdList("@ids", [.. ids.Distinct()])).ConfigureAwait(false);
        }
    }

    /// <summary>Parks the task of a lease that is held, or makes it ready where all have ended. What is no child of it is not waited for.</summary>
    public static async Task<SettlementResult> ParkAsync(Session session, Settlement settlement, AttemptOutcome.Awaiting awaiting)
    {
        var children = Parameter.IdList("@ids", [.. awaiting.Children.Distinct()]);
        var task = Parameter.Id("@task_id", settlement.Lease.TaskId);
        if (await session.AnyAsync("find_circle", children, task).ConfigureAwait(false))
        {
            return SettlementResult.Circular;
        }

        var pending = await session.ExecuteAsync("insert_awaited", children, task).ConfigureAwait(false);
        if (pending > 0)
        {
            await session.ExecuteAsync("mark_depended_on", children, Parameter.Flag("@flag", true)).ConfigureAwait(false);
        }

        var data = new EventData { Children = awaiting.Children.Count, Pending = pending };
        var result = await ParkedAttempts.WriteAsync(
            session, settlement, parked: pending > 0, WaitingFor.Children, pending, awaiting.Checkpoint, data, await session.NowAsync().ConfigureAwait(false)).ConfigureAwait(false);
        if (pending > 0)
        {
            await session.ExecuteAsync("note_blockers", Parameter.IdList("@ids", [settlement.Lease.TaskId])).ConfigureAwait(false);
        }

        return result;
    }
}
