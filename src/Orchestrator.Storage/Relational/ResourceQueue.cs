using Orchestrator.Core.Resources;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Relational;

/// <summary>
/// Wakes who waits for a resource: in the order of rank, and no more than it has enough for, less what is kept for those that were
/// woken before and have not started. Each queue in a transaction of its own. Whoever holds the row of a resource waits for nothing
/// but resources of later names, so a turn may wait for it while it holds workspaces.
/// </summary>
internal sealed class ResourceQueue(IDatabase database)
{
    private const int MaxBatch = 1_000;

    /// <summary>How many are looked at beyond those that there is enough for: some may be of paused workspaces.</summary>
    private const int LookBeyond = 32;

    private sealed record Waiting(Guid Id, long WorkspaceKey, string Lane, long Amount, bool Paused);

    /// <summary>Whom to wake, and whether nobody else could be: for want of an amount, or because the queue has come to its end.</summary>
    private sealed record Choice(List<Waiting> Tasks, bool IsFinal)
    {
        /// <summary>How much there must be for the next one, beside what is kept.</summary>
        public long? NextAmount { get; init; }

        public KeptAmount Kept { get; init; }
    }

    public async Task<IReadOnlyList<Guid>> WakeAsync(bool afterEnds, CancellationToken cancellationToken)
    {
        var names = await database.ReadAsync(
            session => session.QueryAsync("find_due_resources", static row => row.Text("name"), Parameter.Flag("@freed", afterEnds)),
            cancellationToken).ConfigureAwait(false);
        List<Guid> woken = [];
        foreach (var name in names)
        {
            woken.AddRange(await database.WriteAsync(session => WakeAsync(session, name, afterEnds), cancellationToken).ConfigureAwait(false));
        }

        return woken;
    }

    private static async Task<IReadOnlyList<Guid>> WakeAsync(Session session, string name, bool afterEnds)
    {
        Parameter[] due = [Parameter.Text("@name", name), Parameter.Flag("@freed", afterEnds)];
        if (await session.FindAsync("find_due_resource", ResourceRow.Read, due).ConfigureAwait(false) is not { } before)
        {
            return [];
        }

        // Workspaces come before the resource, so whom to wake is looked up before its lock, and again under it.
        var expected = (await ChooseAsync(session, before, null, await session.NowAsync().ConfigureAwait(false)).ConfigureAwait(false)).Tasks;
        await session.ShareWorkspacesAsync([.. expected.Select(task => task.WorkspaceKey).Distinct()]).ConfigureAwait(false);
        await session.MarkReadyAsync(expected.Select(task => (task.WorkspaceKey, task.Lane))).ConfigureAwait(false);
        if (await session.FindAsync("lock_due_resource", ResourceRow.Read, due).ConfigureAwait(false) is not { } resource)
        {
            return [];
        }

        var now = await session.NowAsync().ConfigureAwait(false);
        var choice = await ChooseAsync(session, resource, [.. expected.Select(task => task.Id)], now).ConfigureAwait(false);
        var woken = await WakeAsync(session, name, choice.Tasks, now).ConfigureAwait(false);
        if (choice.Tasks.Count == 0 && choice.NextAmount is not null && resource.RetryAt > now)
        {
            // An end that freed too little; the look that is due anyway stays.
            return woken;
        }

        var next = await NextLookAsync(session, resource, choice, woken.Count, now).ConfigureAwait(false);
        await session.ExecuteAsync("write_retry", Parameter.Text("@name", name), Parameter.Time("@retry_at", next)).ConfigureAwait(false);
        return woken;
    }

    /// <param name="allowed">Who may be woken; null for all.</param>
    private static async Task<Choice> ChooseAsync(Session session, ResourceRow resource, HashSet<Guid>? allowed, DateTimeOffset now)
    {
        var held = resource.Permits is null ? [] : await session.ReadHeldAsync().ConfigureAwait(false);
        var kept = await session.ReadKeptAsync(resource.Name, now).ConfigureAwait(false);
        var free = resource.Free(held, now);
        var limit = (int)Math.Clamp((free / TokenBucket.Token) + LookBeyond, LookBeyond, MaxBatch);
        var queue = await ListAsync(session, resource, limit).ConfigureAwait(false);
        var chosen = new List<Waiting>();
        foreach (var task in queue)
        {
            // One of a paused workspace waits for that first, and nothing is kept for it meanwhile.
            var amount = task.Paused ? 0 : task.Amount;
            if (kept.Amount + amount > free)
            {
                return new Choice(chosen, true) { NextAmount = amount, Kept = kept };
            }

            if (allowed?.Contains(task.Id) == false)
            {
                return new Choice(chosen, false);
            }

            kept = new KeptAmount(kept.Amount + amount, amount > 0 ? now : kept.WokenAt);
            chosen.Add(task);
        }

        return new Choice(chosen, queue.Count < limit);
    }

    /// <summary>Null once nobody waits; at once while more could be woken.</summary>
    private static async Task<DateTimeOffset?> NextLookAsync(Session session, ResourceRow resource, Choice choice, int woken, DateTimeOffset now)
    {
        if (!choice.IsFinal || woken < choice.Tasks.Count)
        {
            return now;
        }

        if (choice.NextAmount is { } amount)
        {
            return resource.LookFor(amount, now, choice.Kept);
        }

        return await session.AnyAsync("find_waiting", Parameter.Text("@name", resource.Name)).ConfigureAwait(false)
            ? now + ResourceLimits.LookEvery
            : null;
    }

    private static async Task<IReadOnlyList<Guid>> WakeAsync(Session session, string name, List<Waiting> tasks, DateTimeOffset now)
    {
        if (tasks.Count == 0)
        {
            return [];
        }

        // Who is being cancelled just now is passed over.
        var locked = await session.QueryAsync(
            "lock_tasks", static row => row.Id("id"), Parameter.IdList("@ids", [.. tasks.Select(task => task.Id)])).ConfigureAwait(false);
        List<Guid> woken = [];
        foreach (var paused in tasks.GroupBy(task => task.Paused, task => task.Id))
        {
            woken.AddRange(await session.QueryAsync(
                "wake_tasks",
                static row => row.Id("id"),
                Parameter.IdList("@ids", [.. paused.Intersect(locked)]),
                Parameter.Text("@name", name),
                Parameter.Text("@waiting", TaskState.Waiting.ToName()),
                Parameter.Flag("@kept", !paused.Key),
                Parameter.Time("@now", now)).ConfigureAwait(false));
        }

        return woken;
    }

    private static Task<List<Waiting>> ListAsync(Session session, ResourceRow resource, int limit) =>
        session.QueryAsync(
            "list_waiting",
            row => new Waiting(
                row.Id("id"), row.BigInteger("workspace_key"), row.Text("lane"), ResourceNeeds.AmountOf(row.Text("resources"), resource.Name), row.Flag("paused")),
            Parameter.Text("@name", resource.Name),
            Parameter.BigInteger("@most", resource.Most / TokenBucket.Token),
            Parameter.Integer("@limit", limit));
}
