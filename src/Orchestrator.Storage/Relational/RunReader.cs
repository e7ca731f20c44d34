using System.Text.Json;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Runs;

namespace Orchestrator.Storage.Relational;

/// <summary>Reads runs.</summary>
internal sealed class RunReader(IDatabase database)
{
    private static readonly Guid BeforeAll = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    public Task<RunRecord?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.FindAsync("find_runs", static row => RunColumns.Read(row).ToRecord(), Parameter.IdList("@ids", [id])), cancellationToken);

    public Task<IReadOnlyList<RunRecord>?> ListAsync(RunQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync(session => ListAsync(session, query), cancellationToken);

    public async Task<IReadOnlyList<Guid>> FindEndedAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var live = await database.ReadAsync(
            session => session.QueryAsync("find_live_runs", static row => row.Id("id"), Parameter.IdList("@ids", ids)), cancellationToken).ConfigureAwait(false);
        return [.. ids.Except(live)];
    }

    public Task<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>?> ListOutputsAsync(Guid id, string step, long maxBytes, CancellationToken cancellationToken) =>
        database.ReadAsync(session => ListOutputsAsync(session, id, step, maxBytes), cancellationToken);

    public Task<ReadOnlyMemory<byte>?> FindOutputAsync(Guid id, string name, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.FindAsync<ReadOnlyMemory<byte>?>(
                "find_run_output", static row => row.Bytes("output"), Parameter.Id("@id", id), Parameter.Text("@name", name)),
            cancellationToken);

    public async Task<TaskError?> FindItemErrorAsync(Guid id, string step, int item, CancellationToken cancellationToken)
    {
        var data = await database.ReadAsync(
            session => session.FindAsync(
                "find_run_item_error", static row => row.TextOrNull("data"), Parameter.Id("@id", id), Parameter.Text("@step", step), Parameter.Integer("@item", item)),
            cancellationToken).ConfigureAwait(false);
        return data is null ? null : ReadError(data);
    }

    public async Task<IReadOnlyList<RunStepRecord>> ListWorkAsync(Guid id, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            session => session.QueryAsync(
                "list_run_work",
                static row => new RunStepRecord(row.Text("work"), row.IdOrNull("task_id"), row.IdOrNull("run_id")),
                Parameter.Id("@id", id)),
            cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<RunEventRecord>> ListEventsAsync(Guid id, int after, int limit, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            session => session.QueryAsync(
                "list_run_events",
                ReadEvent,
                Parameter.Id("@id", id),
                Parameter.Integer("@after", after),
                Parameter.Integer("@limit", limit)),
            cancellationToken).ConfigureAwait(false);

    public Task<TimeSpan?> FindNextDueAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.FindAsync("next_run_due", static row => row.SpanOrNull("due")), cancellationToken);

    internal static RunEventRecord ReadEvent(Row row) =>
        new(row.Integer("seq"), row.Text("type"), row.Time("at"), row.TextOrNull("step"), row.IntegerOrNull("item"), row.TextOrNull("data"));

    private static TaskError ReadError(string data)
    {
        var error = JsonElement.Parse(data).GetProperty("error");
        return new TaskError(error.GetProperty("code").GetString()!, error.GetProperty("message").GetString()!, error.GetProperty("retryable").GetBoolean());
    }

    private static async Task<IReadOnlyList<RunRecord>?> ListAsync(Session session, RunQuery query)
    {
        if (await TaskReader.FindWorkspaceAsync(session, query.Workspace).ConfigureAwait(false) is not { } key)
        {
            return null;
        }

        var statuses = query.Statuses.Count > 0 ? query.Statuses : Enum.GetValues<RunStatus>();
        return await session.QueryAsync(
            query.Waiting ? "list_waiting_runs" : "list_runs",
            static row => RunColumns.Read(row).ToRecord(),
            Parameter.BigInteger("@workspace_key", key),
            Parameter.Id("@before", query.Before ?? BeforeAll),
            Parameter.TextList("@statuses", [.. statuses.Select(static status => status.ToName())]),
            Parameter.Text("@definition", query.Definition),
            Parameter.Text("@tag", TaskReader.TagPattern(query.Tag)),
            Parameter.Id("@parent_id", query.ParentRunId),
            Parameter.Integer("@limit", query.Limit)).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>?> ListOutputsAsync(Session session, Guid id, string step, long maxBytes)
    {
        Parameter[] ofStep = [Parameter.Id("@id", id), Parameter.Text("@step", step), Parameter.Text("@prefix", $"{step}[")];
        if (await session.FindAsync("sum_step_outputs", static row => row.BigInteger("bytes"), ofStep).ConfigureAwait(false) > maxBytes)
        {
            return null;
        }

        var outputs = await session.QueryAsync(
            "list_step_outputs", static row => (Name: row.Text("name"), Output: row.MemoryOrNull("output")!.Value), ofStep).ConfigureAwait(false);
        return outputs.ToDictionary(static output => output.Name, static output => output.Output, StringComparer.Ordinal);
    }
}
