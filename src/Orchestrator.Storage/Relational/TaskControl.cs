using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Storage.Relational;

internal sealed class TaskControl(IDatabase database, ReminderStore reminders, TaskScoring scoring) : ITaskControl
{
    private const int ResolveBatch = 100;

    private sealed record Found(long WorkspaceKey, TaskState State, bool IsSetAside, bool HasStarted, DateTimeOffset? RunAt, string Action);

    public async Task<CancelResult> CancelAsync(Guid id, CancellationToken cancellationToken)
    {
        var result = await database.WriteAsync(session => CancelAsync(session, id), cancellationToken).ConfigureAwait(false);
        if (result is not CancelResult.Done)
        {
            return result;
        }

        // What hangs on the task follows; were this process to die here, the reminders would carry it on.
        var cancelled = new HashSet<Guid> { id };
        List<Guid> ended = [id];
        while (ended.Count > 0)
        {
            var batch = ended.Take(ResolveBatch).ToArray();
            ended.RemoveRange(0, batch.Length);
            var more = await reminders.ResolveEndedAsync(batch, cancellationToken).ConfigureAwait(false);
            ended.AddRange(more.Where(cancelled.Add));
        }

        return new CancelResult.Done([.. cancelled]);
    }

    public Task<PatchResult> PatchAsync(Guid id, TaskPatch patch, CancellationToken cancellationToken) =>
        database.WriteAsync(session => PatchAsync(session, id, patch), cancellationToken);

    private static async Task<CancelResult> CancelAsync(Session session, Guid id)
    {
        if (await FindAsync(session, "find_task_workspace", id, static row => row.BigInteger("workspace_key")).ConfigureAwait(false) is { } key)
        {
            var limited = await session.LockLimitedWorkspacesAsync([key]).ConfigureAwait(false);
            if (await FindAsync(session, "lock_task", id, static row => row.BigInteger("workspace_key")).ConfigureAwait(false) is not null)
            {
                await TaskEnding.Cancelled(ErrorCodes.Cancelled, "The task was cancelled.").WriteAsync(session, id).ConfigureAwait(false);
                await session.ClearAtLimitAsync(limited).ConfigureAwait(false);
                return new CancelResult.Done([id]);
            }
        }

        var endedAs = await FindAsync(session, "find_finished_reference", id, static row => TaskStateNames.Parse(row.Text("status"))).ConfigureAwait(false);
        return endedAs is { } state ? new CancelResult.AlreadyEnded(state) : new CancelResult.NotFound();
    }

    private async Task<PatchResult> PatchAsync(Session session, Guid id, TaskPatch patch)
    {
        if (await FindAsync(session, "find_task_workspace", id, static row => row.BigInteger("workspace_key")).ConfigureAwait(false) is not { } key)
        {
            return await FindAsync(session, "find_finished_reference", id, static row => row.BigInteger("workspace_key")).ConfigureAwait(false) is null
                ? PatchResult.NotFound
                : PatchResult.AlreadyStarted;
        }

        await session.ShareWorkspacesAsync([key]).ConfigureAwait(false);
        var found = await session.FindAsync("lock_task", Read, Parameter.Id("@id", id)).ConfigureAwait(false);
        if (found is null || !(found.State.IsPending() || found.IsSetAside) || found.HasStarted)
        {
            return PatchResult.AlreadyStarted;
        }

        await WriteAsync(session, id, patch, found).ConfigureAwait(false);
        return PatchResult.Patched;
    }

    private async Task WriteAsync(Session session, Guid id, TaskPatch patch, Found found)
    {
        var now = await session.NowAsync().ConfigureAwait(false);
        if (found.IsSetAside)
        {
            // It takes its place anew, by what it will be.
            await session.ExecuteAsync("resume_waiting", Parameter.Id("@id", id), Parameter.Time("@now", now)).ConfigureAwait(false);
            found = found with { State = TaskState.Queued };
        }

        var runAt = patch.RunAt ?? found.RunAt;
        var state = found.State == TaskState.Blocked ? TaskState.Blocked : runAt > now ? TaskState.Scheduled : TaskState.Queued;
        await session.ExecuteAsync(
            "patch_task",
            Parameter.Id("@id", id),
            Parameter.Text("@status", state.ToName()),
            Parameter.Time("@run_at", runAt),
            Parameter.Integer("@events", state == found.State ? 0 : 1),
            Parameter.Time("@now", now)).ConfigureAwait(false);
        if (patch.Tags is { } tags)
        {
            await session.ExecuteAsync("patch_tags", Parameter.Id("@id", id), Parameter.Text("@tags", Json.OfList(tags))).ConfigureAwait(false);
        }

        if (patch.Input is { } input)
        {
            await session.ExecuteAsync("patch_input", Parameter.Id("@id", id), Parameter.Bytes("@input", input)).ConfigureAwait(false);
        }

        await ScoreAsync(session, id, patch).ConfigureAwait(false);

        if (state == TaskState.Queued)
        {
            await session.MarkReadyAsync([(found.WorkspaceKey, found.Action)]).ConfigureAwait(false);
        }
    }

    /// <summary>A new hint and a new input are scored anew; what a model said before holds no longer.</summary>
    private async Task ScoreAsync(Session session, Guid id, TaskPatch patch)
    {
        if (patch.Score is null && patch.Input is null)
        {
            return;
        }

        if (patch.Score is { } priority)
        {
            await session.ExecuteAsync("patch_priority", Parameter.Id("@id", id), Parameter.Integer("@priority", priority)).ConfigureAwait(false);
        }

        var tasks = await TaskScoring.ReadAsync(session, [id]).ConfigureAwait(false);
        await scoring.ScoreAsync(session, tasks).ConfigureAwait(false);
    }

    private static Found Read(Row row) => new(
        row.BigInteger("workspace_key"),
        TaskStateNames.Parse(row.Text("status")),
        row.TextOrNull("waiting_for") is "resource" or "provider",
        row.Integer("attempt") > 0 || !row.IsNull("continuation"),
        row.TimeOrNull("run_at"),
        row.Text("action"));

    private static Task<T?> FindAsync<T>(Session session, string query, Guid id, Func<Row, T> read)
        where T : struct =>
        session.FindAsync<T?>(query, row => read(row), Parameter.Id("@id", id));
}
