using System.Globalization;
using System.Text.Json;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Storage.Relational;

/// <summary>
/// Reads tasks. A task moves from live to finished and never back, so looking first among the live ones and then among the
/// finished ones misses none.
/// </summary>
internal sealed class TaskReader(IDatabase database) : ITaskReader
{
    private static readonly Guid BeforeAll = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    public Task<TaskRecord?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
            {
                var tasks = await FindManyAsync(session, [id]).ConfigureAwait(false);
                if (!tasks.TryGetValue(id, out var task) || task.State != TaskState.Completed)
                {
                    return task;
                }

                var result = await session.FindAsync("find_result", static row => row.Bytes("result"), Parameter.Id("@id", id)).ConfigureAwait(false);
                return result is null ? null : task with { Result = result };
            },
            cancellationToken);

    public async Task<IReadOnlyDictionary<Guid, TaskRecord>> FindManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        await database.ReadAsync(session => FindManyAsync(session, ids), cancellationToken).ConfigureAwait(false);

    public Task<ReadOnlyMemory<byte>?> FindInputAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.FindAsync<ReadOnlyMemory<byte>?>("find_input", static row => row.Bytes("input"), Parameter.Id("@id", id)),
            cancellationToken);

    public Task<IReadOnlyList<TaskRecord>?> ListAsync(TaskQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync(session => ListAsync(session, query), cancellationToken);

    public Task<TaskHistory?> ReadHistoryAsync(Guid id, int afterSeq, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(session => ReadHistoryAsync(session, id, afterSeq, limit), cancellationToken);

    public async Task<IReadOnlyList<Guid>> FindEndedAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var live = await database.ReadAsync(
            session => session.QueryAsync("find_live_ids", static row => row.Id("id"), Parameter.IdList("@ids", ids)),
            cancellationToken).ConfigureAwait(false);
        return [.. ids.Except(live)];
    }

    public async Task<int?> FindQueuePositionAsync(Guid id, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            session => session.FindAsync<int?>(
                "find_queue_position",
                static row => (int)row.BigInteger("place"),
                Parameter.Id("@id", id),
                Parameter.Text("@queued", TaskState.Queued.ToName())),
            cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyDictionary<TaskState, long>> CountAsync(string? workspace, CancellationToken cancellationToken)
    {
        var counts = Enum.GetValues<TaskState>().ToDictionary(state => state, static _ => 0L);
        var rows = await database.ReadAsync(
            async session =>
            {
                long? key = null;
                if (workspace is not null)
                {
                    key = await FindWorkspaceAsync(session, workspace).ConfigureAwait(false);
                    if (key is null)
                    {
                        return [];
                    }
                }

                return await session.QueryAsync(
                    "count_tasks",
                    static row => (State: TaskStateNames.Parse(row.Text("status")), Tasks: row.BigInteger("tasks")),
                    Parameter.BigInteger("@workspace_key", key)).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        rows.ForEach(row => counts[row.State] += row.Tasks);
        return counts;
    }

    private static async Task<IReadOnlyList<TaskRecord>?> ListAsync(Session session, TaskQuery query)
    {
        List<Guid> ids;
        if (query.Workspace is null)
        {
            ids = await ListAllIdsAsync(session, query).ConfigureAwait(false);
        }
        else if (await FindWorkspaceAsync(session, query.Workspace).ConfigureAwait(false) is { } key)
        {
            ids = await session.QueryAsync(
                "list_task_ids",
                static row => row.Id("id"),
                [.. Filter(query), Parameter.BigInteger("@workspace_key", key), Parameter.Text("@status", query.State?.ToName())]).ConfigureAwait(false);
        }
        else
        {
            return null;
        }

        var tasks = await FindManyAsync(session, ids).ConfigureAwait(false);
        return [.. ids.Where(tasks.ContainsKey).Select(id => tasks[id])];
    }

    // A state is looked for where the tasks are that have it: beside a million that have ended, those that run are few.
    private static Task<List<Guid>> ListAllIdsAsync(Session session, TaskQuery query) => query.State is { } state
        ? session.QueryAsync(
            state.IsTerminal() ? "list_all_finished_ids" : "list_all_live_ids", static row => row.Id("id"), [.. Filter(query), Parameter.Text("@status", state.ToName())])
        : session.QueryAsync("list_all_task_ids", static row => row.Id("id"), Filter(query));

    private static Parameter[] Filter(TaskQuery query) =>
    [
        Parameter.Id("@before", query.Before ?? BeforeAll),
        Parameter.Text("@action", query.Action),
        Parameter.Id("@parent_id", query.ParentId),
        Parameter.Time("@created_after", query.CreatedAfter),
        Parameter.Text("@tag", TagPattern(query.Tag)),
        Parameter.Integer("@limit", query.Limit),
    ];

    internal static Task<long?> FindWorkspaceAsync(Session session, string id) =>
        session.FindAsync<long?>("find_workspace", static row => row.BigInteger("key"), Parameter.Text("@id", id));

    private static async Task<Dictionary<Guid, TaskRecord>> FindManyAsync(Session session, IReadOnlyCollection<Guid> ids)
    {
        var found = (await session.QueryAsync("find_live_tasks", TaskColumns.Read, Parameter.IdList("@ids", ids)).ConfigureAwait(false))
            .ToDictionary(task => task.Id);
        var rest = ids.Where(id => !found.ContainsKey(id)).ToArray();
        if (rest.Length > 0)
        {
            foreach (var task in await session.QueryAsync("find_finished_tasks", TaskColumns.Read, Parameter.IdList("@ids", rest)).ConfigureAwait(false))
            {
                found.Add(task.Id, task);
            }
        }

        return found;
    }

    private static async Task<TaskHistory?> ReadHistoryAsync(Session session, Guid id, int afterSeq, int limit)
    {
        static (int Seq, string Timeline) Read(Row row) => (row.Integer("seq"), row.Text("timeline"));

        var idParameter = Parameter.Id("@id", id);
        var ended = false;
        var found = await session.FindAsync<(int Seq, string Timeline)?>("find_live_history", static row => Read(row), idParameter).ConfigureAwait(false);
        if (found is null)
        {
            found = await session.FindAsync<(int Seq, string Timeline)?>("find_finished_history", static row => Read(row), idParameter).ConfigureAwait(false);
            ended = true;
        }

        if (found is not { } row)
        {
            return null;
        }

        // Entries up to the row's own seq committed with it, so reading them after it finds them all.
        var events = await session.QueryAsync(
            "list_events",
            ReadEvent,
            idParameter,
            Parameter.Integer("@after", afterSeq),
            Parameter.Integer("@last", row.Seq),
            Parameter.Integer("@limit", limit)).ConfigureAwait(false);
        events.AddRange(Timeline.Parse(row.Timeline).Where(entry => entry.Seq > afterSeq));
        events.Sort(static (left, right) => left.Seq.CompareTo(right.Seq));
        return new TaskHistory(events.Count > limit ? events[..limit] : events, row.Seq, ended);
    }

    internal static TaskEvent ReadEvent(Row entry) =>
        new(entry.Integer("seq"), entry.Text("type"), entry.Time("at"), entry.Integer("attempt"), entry.TextOrNull("data"));

    /// <summary>The pattern by which a list of tags is searched.</summary>
    internal static string? TagPattern(string? tag) => tag is null
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"%{JsonSerializer.Serialize(tag, StorageJson.Default.String)
            .Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal)}%");
}
