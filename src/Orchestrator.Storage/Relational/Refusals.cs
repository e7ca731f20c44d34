using Orchestrator.Core.Resources;
using Orchestrator.Storage.Leases;

namespace Orchestrator.Storage.Relational;

/// <summary>Attempts of a batch that providers refused for their rate, and the buckets that their tasks need.</summary>
internal sealed class Refusals
{
    private readonly Dictionary<Guid, string[]> _buckets;

    private Refusals(Dictionary<Guid, string[]> buckets) => _buckets = buckets;

    public static async Task<Refusals> ReadAsync(Session session, IReadOnlyList<Settlement> settlements)
    {
        var ids = settlements.Where(static settlement => settlement.Outcome is AttemptOutcome.Refused).Select(settlement => settlement.Lease.TaskId).ToArray();
        if (ids.Length == 0)
        {
            return new Refusals([]);
        }

        var needs = await session.QueryAsync(
            "find_needs", static row => (Id: row.Id("id"), Names: Json.ToCounts(row.Text("resources")).Keys), Parameter.IdList("@ids", ids)).ConfigureAwait(false);
        var buckets = (await session.QueryAsync(
            "find_resource_bounds",
            static row => (Name: row.Text("name"), IsBucket: row.IsNull("permits")),
            Parameter.TextList("@names", [.. needs.SelectMany(task => task.Names).Distinct()])).ConfigureAwait(false))
            .Where(static resource => resource.IsBucket).Select(static resource => resource.Name).ToHashSet();
        return new Refusals(needs
            .Select(task => (task.Id, Buckets: task.Names.Where(buckets.Contains).Order(StringComparer.Ordinal).ToArray()))
            .Where(static task => task.Buckets.Length > 0)
            .ToDictionary(static task => task.Id, static task => task.Buckets));
    }

    /// <summary>The settlements, with the other outcome where a task needs no bucket.</summary>
    public IReadOnlyList<Settlement> Apply(IReadOnlyList<Settlement> settlements) =>
        settlements.Any(static settlement => settlement.Outcome is AttemptOutcome.Refused)
            ? [.. settlements.Select(Apply)]
            : settlements;

    /// <summary>Closes what was refused. It comes last, so that whoever holds the row of a resource waits for nothing else.</summary>
    public static async Task CloseAsync(Session session, IReadOnlyList<Settlement> settlements, IReadOnlyList<SettlementResult> results)
    {
        var pauses = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        for (var i = 0; i < results.Count; i++)
        {
            if (results[i] == SettlementResult.Parked && settlements[i].Outcome is AttemptOutcome.Refused refused)
            {
                foreach (var name in refused.Buckets)
                {
                    pauses[name] = refused.RetryAfter > pauses.GetValueOrDefault(name) ? refused.RetryAfter : pauses.GetValueOrDefault(name);
                }
            }
        }

        if (pauses.Count == 0)
        {
            return;
        }

        var resources = await session.LockResourcesAsync(pauses.Keys).ConfigureAwait(false);
        var now = await session.NowAsync().ConfigureAwait(false);
        foreach (var resource in resources)
        {
            var until = now + pauses[resource.Name];
            await WriteAsync(session, resource with
            {
                Bucket = resource.Bucket?.Close(UnixTime.ToMicroseconds(until), UnixTime.ToMicroseconds(now)),
                ClosedUntil = resource.ClosedUntil > until ? resource.ClosedUntil : until,
                RetryAt = resource.RetryAt ?? now + ResourceLimits.LookEvery,
            }).ConfigureAwait(false);
        }
    }

    /// <summary>Parks the task of a lease that is held; false when it was refused too often.</summary>
    public static async Task<bool> TryParkAsync(Session session, Settlement settlement, AttemptOutcome.Refused refused, DateTimeOffset now) =>
        await session.ExecuteAsync(
            "refuse_task",
            [
                Parameter.Id("@id", settlement.Lease.TaskId),
                Parameter.Text("@resource", refused.Buckets[0]),
                Parameter.Id("@settled_token", settlement.OfExpiredLease ? null : settlement.Lease.Token),
                Parameter.Time("@now", now),
                Parameter.Integer("@limit", ResourceLimits.MaxRefusals),
                Parameter.Text("@data", (EventData.Of(refused.Error) with { DelayMs = (long)refused.RetryAfter.TotalMilliseconds, Resource = refused.Buckets[0] }).ToJson()),
                .. TaskColumns.ErrorParameters(refused.Error),
                .. TaskColumns.UsageParameters(refused.Usage),
            ]).ConfigureAwait(false) > 0;

    private static Task<int> WriteAsync(Session session, ResourceRow resource) =>
        session.ExecuteAsync(
            "write_bucket",
            [Parameter.Text("@name", resource.Name), Parameter.Time("@retry_at", resource.RetryAt), .. resource.BucketParameters()]);

    private Settlement Apply(Settlement settlement) =>
        settlement.Outcome is AttemptOutcome.Refused refused
            ? settlement with { Outcome = _buckets.TryGetValue(settlement.Lease.TaskId, out var buckets) ? refused with { Buckets = buckets } : refused.Otherwise }
            : settlement;
}
