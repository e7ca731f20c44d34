using Npgsql;
using NpgsqlTypes;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Webhooks;
using Orchestrator.Storage.Relational;

namespace Orchestrator.Storage.Postgres;

/// <summary>Writes what became of a batch of runs in one round trip, with a statement a table, one array a column.</summary>
internal sealed class PostgresRunWriter : RunWriter
{
    public override async Task WriteAsync(Session session, IReadOnlyList<OpenRun> runs, DateTimeOffset now)
    {
        var postgres = (PostgresSession)session;
        await using var batch = postgres.CreateBatch();
        Add(batch, "insert_runs", [.. runs.Where(static run => run.IsNew).Select(static run => run.Row)], AddNew);
        Add(batch, "update_runs", [.. runs.Where(static run => !run.IsNew).Select(static run => run.Row)], AddChanging);
        Add(batch, "keep_run_outputs", [.. runs.SelectMany(static run => run.Kept, static (run, kept) => (run.Row.Id, kept.Name, kept.Output))], AddOutputs);
        var telling = runs.Where(static run => run.Told.Count > 0).ToList();
        Add(batch, "insert_run_timelines", telling, columns => AddTimelines(columns, telling, now));
        // Only the events answer something.
        if (await batch.ExecuteScalarAsync(postgres.CancellationToken).ConfigureAwait(false) is true)
        {
            await TellAsync(postgres, telling).ConfigureAwait(false);
        }
    }

    public override async Task WriteAsync(Session session, IReadOnlyList<StepCacheEntry> entries, DateTimeOffset now)
    {
        var postgres = (PostgresSession)session;
        await using var command = postgres.CreateCommand("keep_steps");
        var columns = new PostgresColumns<StepCacheEntry>(command.Parameters, entries);
        columns.Add("workspace_keys", NpgsqlDbType.Bigint, static entry => entry.WorkspaceKey);
        columns.Add("hashes", NpgsqlDbType.Text, static entry => entry.Hash);
        columns.Add("outputs", NpgsqlDbType.Bytea, static entry => entry.Output);
        columns.Add("expiries", NpgsqlDbType.TimestampTz, static entry => entry.ExpiresAt.UtcDateTime);
        columns.AddAlone("now", NpgsqlDbType.TimestampTz, now.UtcDateTime);
        await command.ExecuteNonQueryAsync(postgres.CancellationToken).ConfigureAwait(false);
    }

    public override async Task<IReadOnlyList<(Guid RunId, string Name, byte[] Output)>> ReadOutputsAsync(Session session, IReadOnlyList<OpenRun> runs)
    {
        var postgres = (PostgresSession)session;
        await using var command = postgres.CreateCommand("find_run_outputs");
        var columns = new PostgresColumns<(Guid Id, string Name)>(command.Parameters, [.. runs.SelectMany(static run => run.Missing, static (run, name) => (run.Row.Id, name))]);
        columns.Add("run_ids", NpgsqlDbType.Uuid, static output => output.Id);
        columns.Add("names", NpgsqlDbType.Text, static output => output.Name);
        await using var reader = await command.ExecuteReaderAsync(postgres.CancellationToken).ConfigureAwait(false);
        var found = new List<(Guid, string, byte[])>();
        while (await reader.ReadAsync(postgres.CancellationToken).ConfigureAwait(false))
        {
            found.Add((reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2)));
        }

        return found;
    }

    private static async Task TellAsync(PostgresSession session, IReadOnlyList<OpenRun> runs)
    {
        await using var command = session.CreateCommand("tell_runs");
        var columns = new PostgresColumns<OpenRun>(command.Parameters, runs);
        columns.Add("run_ids", NpgsqlDbType.Uuid, static run => run.Row.Id);
        columns.Add("firsts", NpgsqlDbType.Integer, static run => run.FirstEvent);
        await command.ExecuteNonQueryAsync(session.CancellationToken).ConfigureAwait(false);
    }

    private static void Add<T>(NpgsqlBatch batch, string query, List<T> rows, Action<PostgresColumns<T>> add)
    {
        if (rows.Count > 0)
        {
            var command = new NpgsqlBatchCommand(SqlCatalog.Postgres[query]);
            add(new PostgresColumns<T>(command.Parameters, rows));
            batch.BatchCommands.Add(command);
        }
    }

    private static void AddNew(PostgresColumns<RunRow> columns)
    {
        AddChanging(columns);
        columns.Add("workspace_keys", NpgsqlDbType.Bigint, static row => row.WorkspaceKey);
        columns.Add("definition_keys", NpgsqlDbType.Bigint, static row => row.DefinitionKey);
        columns.Add("root_ids", NpgsqlDbType.Uuid, static row => row.RootId);
        columns.Add("parent_ids", NpgsqlDbType.Uuid, static row => row.ParentId);
        columns.Add("parent_works", NpgsqlDbType.Text, static row => row.ParentWork);
        columns.Add("depths", NpgsqlDbType.Integer, static row => row.Depth);
        columns.Add("max_parallels", NpgsqlDbType.Integer, static row => row.MaxParallel);
        columns.Add("default_max_parallels", NpgsqlDbType.Integer, static row => row.DefaultMaxParallel);
        columns.Add("priorities", NpgsqlDbType.Integer, static row => row.Priority);
        columns.Add("tags", NpgsqlDbType.Text, static row => Json.OfList(row.Tags));
        columns.Add("inputs", NpgsqlDbType.Bytea, static row => row.Input);
        columns.Add("replays_of", NpgsqlDbType.Uuid, static row => row.ReplayOf);
        columns.Add("trace_parents", NpgsqlDbType.Text, static row => row.TraceParent);
        columns.Add("create_times", NpgsqlDbType.TimestampTz, static row => row.CreatedAt.UtcDateTime);
        columns.Add("deadline_times", NpgsqlDbType.TimestampTz, static row => PostgresTime.Of(row.DeadlineAt));
    }

    private static void AddChanging(PostgresColumns<RunRow> columns)
    {
        columns.Add("ids", NpgsqlDbType.Uuid, static row => row.Id);
        columns.Add("statuses", NpgsqlDbType.Text, static row => row.State.Status.ToName());
        columns.Add("states", NpgsqlDbType.Bytea, static row => row.State.ToBytes());
        columns.Add("in_flights", NpgsqlDbType.Integer, static row => row.State.InFlight);
        columns.Add("outputs", NpgsqlDbType.Bytea, static row => row.Output);
        columns.Add("event_seqs", NpgsqlDbType.Integer, static row => row.EventSeq);
        columns.Add("begin_times", NpgsqlDbType.TimestampTz, static row => PostgresTime.Of(row.BeginsAt));
        columns.Add("due_times", NpgsqlDbType.TimestampTz, static row => PostgresTime.Of(row.DueAt));
        columns.Add("abandon_flags", NpgsqlDbType.Boolean, static row => row.Abandons);
        columns.Add("wait_flags", NpgsqlDbType.Boolean, static row => row.State.IsWaiting);
        columns.Add("finish_times", NpgsqlDbType.TimestampTz, static row => PostgresTime.Of(row.FinishedAt));
    }

    private static void AddOutputs(PostgresColumns<(Guid RunId, string Name, ReadOnlyMemory<byte> Output)> columns)
    {
        columns.Add("run_ids", NpgsqlDbType.Uuid, static kept => kept.RunId);
        columns.Add("names", NpgsqlDbType.Text, static kept => kept.Name);
        columns.Add("outputs", NpgsqlDbType.Bytea, static kept => kept.Output);
    }

    private static void AddTimelines(PostgresColumns<OpenRun> columns, IReadOnlyList<OpenRun> runs, DateTimeOffset now)
    {
        columns.Add("run_ids", NpgsqlDbType.Uuid, static run => run.Row.Id);
        columns.Add("firsts", NpgsqlDbType.Integer, static run => run.FirstEvent);
        columns.Add("lasts", NpgsqlDbType.Integer, static run => run.Row.EventSeq);
        columns.Add("events", NpgsqlDbType.Text, static run => RunTimeline.Write(run.Told));
        columns.AddAlone("now", NpgsqlDbType.TimestampTz, now.UtcDateTime);
        long[] workspaces = [WebhookOutbox.EveryWorkspace, .. runs.Select(static run => run.Row.WorkspaceKey).Distinct()];
        columns.AddAlone("workspace_keys", NpgsqlDbType.Array | NpgsqlDbType.Bigint, workspaces);
        string[] types = [EventTypes.Any, .. runs.SelectMany(static run => run.Told).Select(static told => told.Type).Distinct()];
        columns.AddAlone("type_patterns", NpgsqlDbType.Array | NpgsqlDbType.Text, Array.ConvertAll(types, WebhookOutbox.PatternOf));
    }
}
