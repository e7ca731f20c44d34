using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Storage.Relational;

/// <summary>What workspaces have used, by day: entries of settlements, and the days that they are folded into.</summary>
internal static class UsageBook
{
    private const int DaysShown = 30;

    private static readonly DateOnly FirstDay = DateOnly.FromDateTime(DateTime.UnixEpoch);

    private sealed record Entry(long Id, long WorkspaceKey, int Day, UsageSum Usage);

    public static async Task<WorkspaceUsage> ReadAsync(Session session, long key)
    {
        var days = (await session.QueryAsync(
            "list_usage", static row => (Day: row.Integer("day"), Usage: UsageSum.Read(row)), Parameter.BigInteger("@key", key)).ConfigureAwait(false))
            .GroupBy(static entry => entry.Day, static entry => entry.Usage)
            .Select(static day => (Day: FirstDay.AddDays(day.Key), Usage: Sum(day)))
            .OrderByDescending(static day => day.Day)
            .ToList();
        var today = DateOnly.FromDateTime((await session.NowAsync().ConfigureAwait(false)).UtcDateTime);
        return new WorkspaceUsage(
            Sum(days.Select(static day => day.Usage)).ToUsage(),
            [.. days.Where(day => day.Day >= today.AddDays(-DaysShown)).Select(static day => new DayUsage(day.Day, day.Usage.ToUsage()))]);
    }

    /// <summary>
    /// Adds the oldest entries to their days and answers how many. Processes that fold at once take other entries, and days in one order,
    /// so that they do not wait for each other in a circle.
    /// </summary>
    public static async Task<int> FoldAsync(Session session, int limit)
    {
        var entries = await session.QueryAsync(
            "take_usage_entries",
            static row => new Entry(row.BigInteger("id"), row.BigInteger("workspace_key"), row.Integer("day"), UsageSum.Read(row)),
            Parameter.Integer("@limit", limit)).ConfigureAwait(false);
        foreach (var day in entries
            .GroupBy(static entry => (entry.WorkspaceKey, entry.Day), static entry => entry.Usage)
            .OrderBy(static group => group.Key))
        {
            await session.ExecuteAsync(
                "fold_usage",
                [
                    Parameter.BigInteger("@key", day.Key.WorkspaceKey),
                    Parameter.Integer("@day", day.Key.Day),
                    Parameter.BigInteger("@most", UsageSum.Most),
                    .. Sum(day).ToParameters(),
                ]).ConfigureAwait(false);
        }

        if (entries.Count > 0)
        {
            await session.ExecuteAsync("delete_usage_entries", Parameter.BigIntegerList("@ids", entries.ConvertAll(static entry => entry.Id))).ConfigureAwait(false);
        }

        return entries.Count;
    }

    private static UsageSum Sum(IEnumerable<UsageSum> parts) => parts.Aggregate(default(UsageSum), static (sum, part) => sum.Plus(part));
}
