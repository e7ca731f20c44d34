using Orchestrator.Core.Fuses;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Circuits;

namespace Orchestrator.Storage.Relational;

/// <summary>Wakes the tasks of one workspace that wait for one provider. The caller's transaction comes to hold the workspace.</summary>
internal sealed class CircuitQueue(Session session, long key, string provider)
{
    /// <summary>How soon a circuit is looked at again whose probe runs, or is yet to start.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private const int MaxBatch = 1_000;
    private const int MaxDoublings = 9;

    private Parameter[] Circuit => [Parameter.BigInteger("@key", key), Parameter.Text("@provider", provider)];

    public async Task<IReadOnlyList<Guid>> WakeAsync()
    {
        // Whoever waited here for somebody who did the same work finds nothing due any more.
        var book = await CircuitBook.OpenAsync(session, key).ConfigureAwait(false);
        var now = await session.NowAsync().ConfigureAwait(false);
        if (book?.Find(provider) is not { } record || !(record.LookAt <= now))
        {
            return [];
        }

        if (record.Circuit.State == CircuitState.HalfOpen)
        {
            record = record with { Circuit = await FollowProbeAsync(record, now).ConfigureAwait(false) };
        }

        var (woken, lookAt) = record.Circuit switch
        {
            { State: CircuitState.Closed } => await WakeAllAsync(now).ConfigureAwait(false),
            { State: CircuitState.Open, RetryAt: { } retryAt } => retryAt <= now ? await WakeProbesAsync(retryAt, now).ConfigureAwait(false) : ([], retryAt),
            _ => ([], now + LookEvery),
        };
        await session.WriteCircuitAsync(key, record with { LookAt = lookAt }, now).ConfigureAwait(false);
        return woken;
    }

    private async Task<Circuit> FollowProbeAsync(CircuitRecord record, DateTimeOffset now)
    {
        var isThere = await session.AnyAsync(
            "find_probe", Parameter.Id("@id", record.ProbeTask), Parameter.Id("@token", record.Circuit.Probe)).ConfigureAwait(false);
        return isThere ? record.Circuit : record.Circuit.Miss(now);
    }

    private async Task<(IReadOnlyList<Guid> Woken, DateTimeOffset? LookAt)> WakeAllAsync(DateTimeOffset now)
    {
        var parked = await session.QueryAsync(
            "list_parked", static row => row.Id("id"), [.. Circuit, Parameter.Integer("@limit", MaxBatch)]).ConfigureAwait(false);
        return (await WakeAsync(parked, now).ConfigureAwait(false), parked.Count == 0 ? null : now);
    }

    /// <summary>
    /// The best of each lane, so that none keeps others from it that nobody serves; the turn lets one of them start. If none of those
    /// that start is a probe, their actions use another provider by now, or none: so with each look there are twice as many.
    /// </summary>
    private async Task<(IReadOnlyList<Guid> Woken, DateTimeOffset? LookAt)> WakeProbesAsync(DateTimeOffset retryAt, DateTimeOffset now)
    {
        var count = 1 << (int)Math.Min(MaxDoublings, (now - retryAt) / LookEvery);
        var lanes = await session.QueryAsync("list_parked_lanes", static row => row.Text("lane"), Circuit).ConfigureAwait(false);
        var candidates = new List<Guid>();
        foreach (var lane in lanes)
        {
            candidates.AddRange(await session.QueryAsync(
                "find_next_probe", static row => row.Id("id"), [.. Circuit, Parameter.Text("@lane", lane), Parameter.Integer("@limit", count)]).ConfigureAwait(false));
        }

        return (await WakeAsync(candidates, now).ConfigureAwait(false), lanes.Count == 0 ? null : now + LookEvery);
    }

    private async Task<IReadOnlyList<Guid>> WakeAsync(List<Guid> ids, DateTimeOffset now)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        // Who is being cancelled just now is passed over.
        var locked = await session.QueryAsync("lock_tasks", static row => row.Id("id"), Parameter.IdList("@ids", ids)).ConfigureAwait(false);
        var woken = await session.QueryAsync(
            "wake_parked",
            static row => (Id: row.Id("id"), Lane: row.Text("lane")),
            Parameter.IdList("@ids", locked),
            Parameter.Text("@provider", provider),
            Parameter.Text("@waiting", TaskState.Waiting.ToName()),
            Parameter.Time("@now", now)).ConfigureAwait(false);
        await session.MarkReadyAsync(woken.Select(task => (key, task.Lane))).ConfigureAwait(false);
        return woken.ConvertAll(static task => task.Id);
    }
}
