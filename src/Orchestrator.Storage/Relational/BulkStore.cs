using System.Text.Json;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Bulk;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Storage.Relational;

internal sealed class BulkStore(IDatabase database, SubmissionStore submissions) : IBulkStore
{
    private const int MaxErrors = 20;

    public Task<BulkOperation?> CreateAsync(BulkOperation operation, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                var source = await FindWorkspaceAsync(session, operation.Filter.Workspace).ConfigureAwait(false);
                var target = operation.Target is { } id ? await FindWorkspaceAsync(session, id).ConfigureAwait(false) : null;
                if (source is null || (target is null && operation.Target is not null))
                {
                    return null;
                }

                var now = await session.NowAsync().ConfigureAwait(false);
                var matched = (await session.FindAsync<long?>(
                    "count_bulk_tasks", static row => row.BigInteger("tasks"), FilterOf(operation, source.Value, now)).ConfigureAwait(false))!.Value;
                await session.ExecuteAsync(
                    "insert_bulk",
                    Parameter.Id("@id", operation.Id),
                    Parameter.Text("@kind", operation.Kind.ToName()),
                    Parameter.BigInteger("@workspace_key", source),
                    Parameter.BigInteger("@target_key", target),
                    Parameter.Text("@filter", JsonSerializer.Serialize(operation.Filter, StorageJson.Default.BulkFilter)),
                    Parameter.Text("@target", operation.Target),
                    Parameter.Flag("@dry_run", operation.DryRun),
                    Parameter.BigInteger("@matched", matched),
                    Parameter.Time("@created_at", now),
                    Parameter.Time("@finished_at", operation.DryRun || matched == 0 ? now : null)).ConfigureAwait(false);
                return await FindAsync(session, operation.Id).ConfigureAwait(false);
            },
            cancellationToken);

    public Task<BulkOperation?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(session => FindAsync(session, id), cancellationToken);

    public Task<BulkStep?> StepAsync(int limit, Func<TaskRecord, ReadOnlyMemory<byte>, NewTask> repeat, CancellationToken cancellationToken) =>
        submissions.Cap.RunAsync(
            async (session, room) =>
            {
                if (await session.FindAsync("lock_next_bulk", ReadRunning).ConfigureAwait(false) is not { } running)
                {
                    return null;
                }

                var ids = await session.QueryAsync(
                    "list_bulk_tasks",
                    static row => row.Id("id"),
                    [
                        .. FilterOf(running.Operation, running.WorkspaceKey, running.Operation.CreatedAt),
                        Parameter.Id("@after", running.After),
                        Parameter.Integer("@limit", limit),
                    ]).ConfigureAwait(false);
                var work = new BulkWork(session, submissions, room, running.WorkspaceKey, running.TargetKey);
                await work.DoAsync(running.Operation, ids, repeat).ConfigureAwait(false);
                await session.ExecuteAsync(
                    "move_bulk_on",
                    Parameter.Id("@id", running.Operation.Id),
                    Parameter.Id("@after", ids.Count > 0 ? ids[^1] : running.After),
                    Parameter.Integer("@done", work.Done.Count),
                    Parameter.Integer("@skipped", ids.Count - work.Done.Count),
                    Parameter.Text("@errors", JsonSerializer.Serialize([.. running.Operation.Errors.Concat(work.Errors).Take(MaxErrors)], StorageJson.Default.BulkErrorArray)),
                    Parameter.Flag("@finished", ids.Count < limit)).ConfigureAwait(false);
                return new BulkStep(running.Operation.Kind == BulkKind.Cancel ? work.Done : [], ids.Count) { Made = work.Made };
            },
            cancellationToken);

    private sealed record Running(BulkOperation Operation, long WorkspaceKey, long? TargetKey, Guid After);

    private static Task<BulkOperation?> FindAsync(Session session, Guid id) => session.FindAsync("find_bulk", Read, Parameter.Id("@id", id));

    private static Task<long?> FindWorkspaceAsync(Session session, string id) =>
        session.FindAsync<long?>("find_workspace", static row => row.BigInteger("key"), Parameter.Text("@id", id));

    /// <summary>Which tasks are meant: those created until then, that have ended where they are to be submitted again, and that have not otherwise.</summary>
    private static Parameter[] FilterOf(BulkOperation operation, long workspaceKey, DateTimeOffset until) =>
    [
        Parameter.BigInteger("@workspace_key", workspaceKey),
        Parameter.Time("@until", until),
        Parameter.Flag("@live", operation.Kind != BulkKind.Retry),
        Parameter.Text("@action", operation.Filter.Action),
        Parameter.Id("@parent_id", operation.Filter.ParentId),
        Parameter.Time("@created_after", operation.Filter.CreatedAfter),
        Parameter.Time("@created_before", operation.Filter.CreatedBefore),
        Parameter.Text("@tag", TaskReader.TagPattern(operation.Filter.Tag)),
        Parameter.Text("@status", operation.Filter.State?.ToName()),
    ];

    private static Running ReadRunning(Row row) =>
        new(Read(row), row.BigInteger("workspace_key"), row.BigIntegerOrNull("target_key"), row.Id("after_id"));

    private static BulkOperation Read(Row row) => new()
    {
        Id = row.Id("id"),
        Kind = BulkKindNames.Parse(row.Text("kind"))!.Value,
        Filter = JsonSerializer.Deserialize(row.Text("filter"), StorageJson.Default.BulkFilter)!,
        Target = row.TextOrNull("target"),
        DryRun = row.Flag("dry_run"),
        Matched = row.BigInteger("matched"),
        Done = row.BigInteger("done"),
        Skipped = row.BigInteger("skipped"),
        Errors = JsonSerializer.Deserialize(row.Text("errors"), StorageJson.Default.BulkErrorArray)!,
        CreatedAt = row.Time("created_at"),
        FinishedAt = row.TimeOrNull("finished_at"),
    };
}
