using Orchestrator.Storage.Feed;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Storage.Relational;

/// <summary>
/// Reads many histories in one or two queries. As everywhere, tasks are looked for first among the live ones and then among the
/// finished ones; only what running attempts reported stands apart and is read task by task.
/// </summary>
internal sealed class FeedStore(IDatabase database) : IFeedStore
{
    public Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(static session => session.NowAsync(), cancellationToken);

    public async Task<IReadOnlyList<TaskNews>> ReadTasksAsync(IReadOnlyCollection<HistoryCursor> tasks, int limit, CancellationToken cancellationToken) =>
        tasks.Count == 0 ? [] : await database.ReadAsync(session => ReadTasksAsync(session, tasks, limit), cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<RunNewsPage>> ReadRunsAsync(IReadOnlyCollection<HistoryCursor> runs, int limit, CancellationToken cancellationToken) =>
        runs.Count == 0 ? [] : await database.ReadAsync(session => ReadRunsAsync(session, runs, limit), cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<WorkspaceNews>> ListWorkspaceNewsAsync(TimeSpan age, int limit, CancellationToken cancellationToken)
    {
        var latest = await database.ReadAsync(
            session => session.QueryAsync(
                "list_workspace_news",
                static row => new WorkspaceNews(row.Text("workspace"), row.BigInteger("seq"), row.Text("type"), row.Time("at"), row.TextOrNull("data")),
                Parameter.Span("@age", age),
                Parameter.Integer("@limit", limit)),
            cancellationToken).ConfigureAwait(false);
        latest.Reverse();
        return latest;
    }

    private static async Task<IReadOnlyList<TaskNews>> ReadTasksAsync(Session session, IReadOnlyCollection<HistoryCursor> tasks, int limit)
    {
        static Found Read(Row row) => new(row.Id("id"), row.Text("workspace"), row.IdOrNull("run_id"), row.Integer("seq"), row.Text("timeline"));

        var found = (await session.QueryAsync("find_live_news", Read, Parameter.IdList("@ids", [.. tasks.Select(static task => task.Id)])).ConfigureAwait(false))
            .ToDictionary(static one => one.Id);
        var rest = tasks.Where(task => !found.ContainsKey(task.Id)).Select(static task => task.Id).ToArray();
        if (rest.Length > 0)
        {
            foreach (var one in await session.QueryAsync("find_finished_news", Read, Parameter.IdList("@ids", rest)).ConfigureAwait(false))
            {
                found.Add(one.Id, one);
            }
        }

        var news = new List<TaskNews>(found.Count);
        foreach (var (id, after) in tasks)
        {
            if (found.TryGetValue(id, out var one))
            {
                var events = await ReadEventsAsync(session, one, after, limit).ConfigureAwait(false);
                news.Add(new TaskNews(id, one.Workspace, one.RunId, events, one.Seq));
            }
        }

        return news;
    }

    private static async Task<IReadOnlyList<TaskEvent>> ReadEventsAsync(Session session, Found task, int after, int limit)
    {
        var events = Timeline.Parse(task.Timeline).Where(entry => entry.Seq > after).ToList();
        if (events.Count < task.Seq - after)
        {
            // Entries up to the row's own seq committed with it, so reading them after it finds them all.
            events.AddRange(await session.QueryAsync(
                "list_events", TaskReader.ReadEvent, Parameter.Id("@id", task.Id), Parameter.Integer("@after", after), Parameter.Integer("@last", task.Seq), Parameter.Integer("@limit", limit)).ConfigureAwait(false));
            events.Sort(static (left, right) => left.Seq.CompareTo(right.Seq));
        }

        return events.Count > limit ? events[..limit] : events;
    }

    private static async Task<IReadOnlyList<RunNewsPage>> ReadRunsAsync(Session session, IReadOnlyCollection<HistoryCursor> runs, int limit)
    {
        var workspaces = (await session.QueryAsync(
            "find_run_workspaces", static row => (Id: row.Id("id"), Workspace: row.Text("workspace")), Parameter.IdList("@ids", [.. runs.Select(static run => run.Id)])).ConfigureAwait(false))
            .ToDictionary(static run => run.Id, static run => run.Workspace);
        var pages = new List<RunNewsPage>(workspaces.Count);
        foreach (var (id, after) in runs)
        {
            if (workspaces.TryGetValue(id, out var workspace))
            {
                var events = await session.QueryAsync(
                    "list_run_events", RunReader.ReadEvent, Parameter.Id("@id", id), Parameter.Integer("@after", after), Parameter.Integer("@limit", limit)).ConfigureAwait(false);
                pages.Add(new RunNewsPage(id, workspace, events, events.Count == limit));
            }
        }

        return pages;
    }

    private sealed record Found(Guid Id, string Workspace, Guid? RunId, int Seq, string Timeline);
}
