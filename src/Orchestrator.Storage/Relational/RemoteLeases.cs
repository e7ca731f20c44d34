using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Turns;

namespace Orchestrator.Storage.Relational;

/// <summary>The rows of leases that remote workers hold, written and closed by the transactions that lease and settle them.</summary>
internal static class RemoteLeases
{
    /// <summary>Notes what a turn has leased, and ends each lease at the time limit of its attempt.</summary>
    public static async Task<TurnResult> NoteAsync(Session session, TurnRequest request, TurnResult turn)
    {
        if (turn.Tasks.Count == 0)
        {
            return turn;
        }

        var noted = new List<ClaimedTask>(turn.Tasks.Count);
        foreach (var group in turn.Tasks.GroupBy(static task => task.TimeoutMs))
        {
            var tasks = group.ToDictionary(static task => task.Lease.TaskId);
            var timeout = TimeSpan.FromMilliseconds(group.Key);
            var ids = Parameter.IdList("@ids", tasks.Keys);
            var lease = Parameter.Span("@lease", request.LeaseDuration);
            var limit = Parameter.Span("@timeout", timeout);
            var started = await session.QueryAsync(
                "note_remote_leases",
                static row => (Id: row.Id("task_id"), At: row.Time("started_at")),
                Parameter.IdList("@probes", [.. group.Where(static task => task.IsProbe).Select(static task => task.Lease.TaskId)]),
                lease,
                limit,
                ids).ConfigureAwait(false);
            if (timeout < request.LeaseDuration)
            {
                await session.ExecuteAsync("bound_leases", lease, limit, ids).ConfigureAwait(false);
            }

            var duration = timeout < request.LeaseDuration ? timeout : request.LeaseDuration;
            noted.AddRange(started.Select(start => tasks[start.Id] with { LeaseExpiresAt = start.At + duration, LeasedFor = duration }));
        }

        var byId = noted.ToDictionary(static task => task.Lease.TaskId);
        return turn with { Tasks = [.. turn.Tasks.Select(task => byId[task.Lease.TaskId])] };
    }

    /// <summary>Closes the rows of attempts whose end was written.</summary>
    public static async Task CloseAsync(Session session, IReadOnlyList<Settlement> settlements, IReadOnlyList<SettlementResult> results)
    {
        var tokens = settlements
            .Where((settlement, index) => settlement.IsRemote && results[index] is (SettlementResult.Accepted or SettlementResult.Parked))
            .Select(static settlement => settlement.Lease.Token)
            .ToList();
        if (tokens.Count > 0)
        {
            await session.ExecuteAsync("close_remote_leases", Parameter.IdList("@tokens", tokens)).ConfigureAwait(false);
        }
    }
}
