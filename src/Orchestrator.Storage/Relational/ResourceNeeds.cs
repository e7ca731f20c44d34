using Orchestrator.Core.Resources;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Relational;

/// <summary>What tasks need, as their rows say it, and what of it is held or kept for them.</summary>
internal static class ResourceNeeds
{
    /// <summary>Permits and tokens that attempts which run were granted, by resource.</summary>
    public static async Task<Dictionary<string, long>> ReadHeldAsync(this Session session) =>
        Sum(await session.QueryAsync("list_held", ReadGroup, Parameter.Text("@processing", TaskState.Processing.ToName())).ConfigureAwait(false));

    public static async Task<KeptAmount> ReadKeptAsync(this Session session, string name, DateTimeOffset now)
    {
        var groups = await session.QueryAsync(
            "list_kept",
            static row => (Group: ReadGroup(row), WokenAt: row.Time("woken_at")),
            Parameter.Text("@name", name),
            Parameter.Text("@queued", TaskState.Queued.ToName()),
            Parameter.Time("@since", now - ResourceLimits.KeptFor)).ConfigureAwait(false);
        return groups.Count == 0
            ? default
            : new KeptAmount(
                Sum(groups.Select(static group => group.Group)).GetValueOrDefault(name) * TokenBucket.Token, groups.Max(static group => group.WokenAt));
    }

    /// <summary>Holds the rows of resources, by name; comes after locks on workspaces and before any lock on a task.</summary>
    public static Task<List<ResourceRow>> LockResourcesAsync(this Session session, params IReadOnlyCollection<string> names) =>
        session.QueryAsync("lock_resources", ResourceRow.Read, Parameter.TextList("@names", names));

    /// <summary>The amount in millionths.</summary>
    public static long AmountOf(string needs, string name) => Json.ToCounts(needs)[name] * TokenBucket.Token;

    private static (string Needs, long Tasks) ReadGroup(Row row) => (row.Text("resources"), row.BigInteger("tasks"));

    private static Dictionary<string, long> Sum(IEnumerable<(string Needs, long Tasks)> groups)
    {
        var sums = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (needs, tasks) in groups)
        {
            foreach (var (name, amount) in Json.ToCounts(needs))
            {
                sums[name] = sums.GetValueOrDefault(name) + (amount * tasks);
            }
        }

        return sums;
    }
}
