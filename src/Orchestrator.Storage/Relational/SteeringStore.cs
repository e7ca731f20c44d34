using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Steering;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Relational;

internal sealed class SteeringStore(IDatabase database) : ISteeringStore
{
    public Task<MessageResult> AppendAsync(
        Guid taskId, IReadOnlyList<NewMessage> messages, IdempotencyKey? idempotency, CancellationToken cancellationToken) =>
        database.WriteAsync(session => AppendAsync(session, taskId, messages, idempotency), cancellationToken);

    public async Task<IReadOnlyList<MessageRecord>> ListUnconsumedAsync(Guid taskId, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            session => session.QueryAsync(
                "list_messages",
                static row => new MessageRecord(row.Integer("number"), row.Text("role"), row.Text("content")),
                Parameter.Id("@id", taskId),
                Parameter.Integer("@limit", TaskLimits.MaxToldMessages),
                Parameter.Integer("@characters", TaskLimits.MaxToldCharacters)),
            cancellationToken).ConfigureAwait(false);

    public Task<bool> SaveAsync(
        LeaseId lease, ReadOnlyMemory<byte> checkpoint, int consumedThrough, TaskUsage? usage, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                var id = Parameter.Id("@id", lease.TaskId);
                var token = Parameter.Id("@token", lease.Token);
                if (await session.FindAsync(
                    "lock_lease", static row => ((long Key, string Action)?)(row.BigInteger("workspace_key"), row.Text("action")), id, token, Parameter.Flag("@unexpired", true)).ConfigureAwait(false) is not { } task)
                {
                    return false;
                }

                var note = Parameter.Bytes("@checkpoint", checkpoint);
                if (usage is not null && await session.ExecuteAsync("add_usage", [id, note, .. TaskColumns.UsageParameters(usage)]).ConfigureAwait(false) > 0)
                {
                    var tally = new UsageTally();
                    tally.Add(task.Key, usage);
                    session.News.AddUsed(task.Key, task.Action, usage);
                    await tally.WriteAsync(session).ConfigureAwait(false);
                }

                await session.ExecuteAsync("write_checkpoint", note, id).ConfigureAwait(false);
                if (consumedThrough > 0)
                {
                    await session.ExecuteAsync("consume_messages", id, token, Parameter.Integer("@through", consumedThrough)).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken);

    public Task<ApprovalRecord?> FindLastApprovalAsync(Guid taskId, string? key, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.FindAsync("find_last_approval", Approvals.Read, Parameter.Id("@id", taskId), Parameter.Text("@key", key)), cancellationToken);

    public Task<DecisionResult> DecideAsync(Guid taskId, ApprovalReply reply, CancellationToken cancellationToken) =>
        database.WriteAsync(session => DecideAsync(session, taskId, reply), cancellationToken);

    public async Task<IReadOnlyList<Guid>> ExpireDueAsync(int limit, CancellationToken cancellationToken) =>
        await database.WriteAsync<IReadOnlyList<Guid>>(
            async session =>
            {
                var due = await session.QueryAsync(
                    "find_due_approvals",
                    static row => (Id: row.Id("task_id"), WorkspaceKey: row.BigIntegerOrNull("workspace_key")),
                    Parameter.Integer("@limit", limit)).ConfigureAwait(false);
                if (due.Count == 0)
                {
                    return [];
                }

                var live = due.Where(static request => request.WorkspaceKey is not null).ToList();
                await session.ShareWorkspacesAsync([.. live.Select(static request => request.WorkspaceKey!.Value).Distinct()]).ConfigureAwait(false);
                var held = await session.QueryAsync(
                    "lock_tasks", static row => row.Id("id"), Parameter.IdList("@ids", [.. live.Select(static request => request.Id)])).ConfigureAwait(false);
                var now = await session.NowAsync().ConfigureAwait(false);
                var expired = await ExpireAsync(session, held, ApprovalVerdict.Expired, now).ConfigureAwait(false);
                await Approvals.ResumeAsync(session, expired, new ApprovalReply(ApprovalVerdict.Expired), now).ConfigureAwait(false);
                var ended = due.Where(static request => request.WorkspaceKey is null).Select(static request => request.Id).ToList();
                return [.. expired, .. await ExpireAsync(session, ended, ApprovalVerdict.Withdrawn, now).ConfigureAwait(false)];
            },
            cancellationToken).ConfigureAwait(false);

    private static Task<List<Guid>> ExpireAsync(Session session, List<Guid> ids, ApprovalVerdict verdict, DateTimeOffset now) =>
        session.QueryAsync(
            "expire_approvals",
            static row => row.Id("task_id"),
            Parameter.IdList("@ids", ids),
            Parameter.Text("@decision", verdict.ToName()),
            Parameter.Time("@now", now));

    private static async Task<MessageResult> AppendAsync(
        Session session, Guid taskId, IReadOnlyList<NewMessage> messages, IdempotencyKey? idempotency)
    {
        // The row is held, so that the same key comes to this task once at a time.
        var live = await LockAsync(session, taskId).ConfigureAwait(false);
        var ended = live is null ? await FindEndedAsync(session, taskId).ConfigureAwait(false) : null;
        if ((live?.WorkspaceKey ?? ended?.WorkspaceKey) is not { } workspaceKey)
        {
            return new MessageResult.NotFound();
        }

        if (idempotency is not null && await Receipts.FindAsync(session, workspaceKey, idempotency).ConfigureAwait(false) is { } receipt)
        {
            return receipt.IsSame ? new MessageResult.Accepted() : new MessageResult.IdempotencyConflict();
        }

        if (ended is not null)
        {
            return new MessageResult.TaskEnded(ended.State);
        }

        var count = await session.FindAsync(
            "count_messages",
            static row => (Last: row.Integer("last"), Unconsumed: (int)row.BigInteger("unconsumed"), Characters: row.BigInteger("characters")),
            Parameter.Id("@id", taskId)).ConfigureAwait(false);
        if (count.Unconsumed + messages.Count > TaskLimits.MaxUnconsumedMessages
            || count.Characters + messages.Sum(static message => (long)message.Content.Length) > TaskLimits.MaxUnconsumedCharacters)
        {
            return new MessageResult.Full(count.Unconsumed);
        }

        // Another task's request with the same key was quicker.
        if (idempotency is not null && !await Receipts.InsertAsync(session, workspaceKey, idempotency, [taskId]).ConfigureAwait(false))
        {
            return new MessageResult.IdempotencyConflict();
        }

        await WriteAsync(session, taskId, messages, count.Last).ConfigureAwait(false);
        return new MessageResult.Accepted();
    }

    private static async Task WriteAsync(Session session, Guid taskId, IReadOnlyList<NewMessage> messages, int last)
    {
        var row = await session.FindAsync(
            "add_events",
            static row => (Seq: row.Integer("seq"), Attempt: row.Integer("attempt"), Now: row.Time("now")),
            Parameter.Id("@id", taskId),
            Parameter.Integer("@events", messages.Count)).ConfigureAwait(false);
        for (var i = 0; i < messages.Count; i++)
        {
            var number = last + 1 + i;
            await session.ExecuteAsync(
                "insert_message",
                Parameter.Id("@task_id", taskId),
                Parameter.Integer("@number", number),
                Parameter.Text("@role", messages[i].Role),
                Parameter.Text("@content", messages[i].Content),
                Parameter.Time("@at", row.Now)).ConfigureAwait(false);
            await session.ExecuteAsync(
                "insert_event",
                Parameter.Id("@task_id", taskId),
                Parameter.Integer("@seq", row.Seq - messages.Count + 1 + i),
                Parameter.Text("@type", "message"),
                Parameter.Time("@at", row.Now),
                Parameter.Integer("@attempt", row.Attempt),
                Parameter.Text("@data", new EventData { Number = number, Role = messages[i].Role, Content = messages[i].Content }.ToJson())).ConfigureAwait(false);
        }
    }

    private static async Task<DecisionResult> DecideAsync(Session session, Guid taskId, ApprovalReply reply)
    {
        if (await session.FindAsync<long?>(
            "find_task_workspace", static row => row.BigInteger("workspace_key"), Parameter.Id("@id", taskId)).ConfigureAwait(false) is { } key)
        {
            await session.ShareWorkspacesAsync([key]).ConfigureAwait(false);
        }

        if (await LockAsync(session, taskId).ConfigureAwait(false) is not { } task)
        {
            return await FindEndedAsync(session, taskId).ConfigureAwait(false) is { } ended
                ? new DecisionResult.TaskEnded(ended.State)
                : new DecisionResult.NotFound();
        }

        if (!task.Asks)
        {
            return new DecisionResult.NotAsked(task.State);
        }

        if (reply.Number is not null)
        {
            var open = await session.FindAsync(
                "find_last_approval", Approvals.Read, Parameter.Id("@id", taskId), Parameter.Text("@key", null)).ConfigureAwait(false);
            if (open!.Number != reply.Number)
            {
                return new DecisionResult.NotAsked(task.State, open.Number);
            }
        }

        var now = await session.NowAsync().ConfigureAwait(false);
        await Approvals.AnswerAsync(session, taskId, reply, now).ConfigureAwait(false);
        if (reply.Verdict == ApprovalVerdict.Abort)
        {
            var why = reply.Comment is null ? "A person aborted the task." : $"A person aborted the task: {reply.Comment}";
            await new TaskEnding(TaskState.Failed) { Error = TaskError.Of(ErrorCodes.Rejected, why) }
                .WriteAsync(session, taskId).ConfigureAwait(false);
            return new DecisionResult.Aborted();
        }

        await Approvals.ResumeAsync(session, [taskId], reply, now).ConfigureAwait(false);
        return new DecisionResult.Resumed();
    }

    private sealed record Found(long WorkspaceKey, TaskState State, bool Asks);

    private static Task<Found?> LockAsync(Session session, Guid id) =>
        session.FindAsync(
            "lock_task",
            static row => new Found(
                row.BigInteger("workspace_key"),
                TaskStateNames.Parse(row.Text("status")),
                row.TextOrNull("waiting_for") == WaitingFor.Approval.ToName()),
            Parameter.Id("@id", id));

    private static Task<Found?> FindEndedAsync(Session session, Guid id) =>
        session.FindAsync(
            "find_finished_reference",
            static row => new Found(row.BigInteger("workspace_key"), TaskStateNames.Parse(row.Text("status")), Asks: false),
            Parameter.Id("@id", id));
}
