namespace Orchestrator.Gateway.Security;

/// <summary>
/// Lists over all workspaces, for callers who see some of them. They are read workspace by workspace: a page of everything, with what is not theirs
/// taken out, would tell by its cursor and by its gaps what there is.
/// </summary>
internal static class VisibleLists
{
    private const int PageSize = 500;

    /// <summary>What the caller sees of a list, from its place on; it may be more than was asked for.</summary>
    /// <param name="workspace">The one that was asked for; null for all.</param>
    /// <param name="read">Reads what is one workspace's; of null, everything.</param>
    /// <param name="order">The order of the list.</param>
    public static async Task<IReadOnlyList<T>> ReadAsync<T>(
        CallerContext caller, string? workspace, Func<string?, Task<IReadOnlyList<T>>> read, Comparison<T> order)
    {
        if (workspace is not null || caller.Workspaces is not { } visible)
        {
            return await read(workspace);
        }

        var found = new List<T>();
        foreach (var one in visible)
        {
            found.AddRange(await read(one));
        }

        found.Sort(order);
        return found;
    }

    /// <summary>The same where what the caller sees is picked out of everything, in the order of the store.</summary>
    /// <param name="read">Reads so many after a place.</param>
    public static async Task<IReadOnlyList<T>> PickAsync<T>(
        CallerContext caller, string? after, int wanted, Func<string?, int, Task<IReadOnlyList<T>>> read, Func<T, string> placeOf, Predicate<T> sees)
    {
        var page = caller.SeesAll ? wanted : PageSize;
        var found = new List<T>();
        while (true)
        {
            var next = await read(after, page);
            found.AddRange(next.Where(item => sees(item)));
            if (found.Count >= wanted || next.Count < page)
            {
                return found;
            }

            after = placeOf(next[^1]);
        }
    }
}
