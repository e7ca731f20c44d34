using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Bulk;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Storage.Relational;

/// <summary>One step of an operation, within one transaction.</summary>
internal sealed class BulkWork(Session session, SubmissionStore submissions, PendingRoom submissionRoom, long workspaceKey, long? targetKey)
{
    /// <summary>The tasks it was done to.</summary>
    public List<Guid> Done { get; } = [];

    /// <summary>The tasks that came of it.</summary>
    public List<Guid> Made { get; } = [];

    /// <summary>Why it was not done to others.</summary>
    public List<BulkError> Errors { get; } = [];

    public async Task DoAsync(BulkOperation operation, IReadOnlyCollection<Guid> ids, Func<TaskRecord, ReadOnlyMemory<byte>, NewTask> repeat)
    {
        if (ids.Count == 0)
        {
            return;
        }

        await (operation.Kind switch
        {
            BulkKind.Cancel => CancelAsync(ids),
            BulkKind.Retry => RetryAsync(operation.Filter.Workspace, ids, repeat),
            _ => MoveAsync(operation, ids),
        }).ConfigureAwait(false);
    }

    private async Task CancelAsync(IReadOnlyCollection<Guid> ids)
    {
        var limited = await session.LockLimitedWorkspacesAsync([workspaceKey]).ConfigureAwait(false);
        Done.AddRange(await session.QueryAsync("wait_for_tasks", static row => row.Id("id"), Parameter.IdList("@ids", ids)).ConfigureAwait(false));
        await TaskEnding.Cancelled(ErrorCodes.Cancelled, "The task was cancelled.").WriteAsync(session, Done).ConfigureAwait(false);
        await session.ClearAtLimitAsync(limited).ConfigureAwait(false);
        Skip(ids, "has ended.");
    }

    private async Task RetryAsync(string workspace, IReadOnlyCollection<Guid> ids, Func<TaskRecord, ReadOnlyMemory<byte>, NewTask> repeat)
    {
        var ended = await session.QueryAsync("find_finished_tasks", TaskColumns.Read, Parameter.IdList("@ids", ids)).ConfigureAwait(false);
        var repeated = new List<Guid>(ended.Count);
        var repetitions = new List<Submission>(ended.Count);
        var steps = ended.Where(static task => task.RunId is not null).Select(static task => task.Id).ToList();
        foreach (var task in ended.Where(static task => task.RunId is null))
        {
            // Its retention may pass just now.
            if (await session.FindAsync("find_input", static row => row.Bytes("input"), Parameter.Id("@id", task.Id)).ConfigureAwait(false) is { } input)
            {
                repeated.Add(task.Id);
                repetitions.Add(new Submission(workspace, [repeat(task, input)]));
            }
        }

        var results = await submissions.SubmitAsync(session, repetitions, submissionRoom).ConfigureAwait(false);
        for (var i = 0; i < repeated.Count; i++)
        {
            if (results[i].Refusal is { } refusal)
            {
                Errors.Add(new BulkError(repeated[i], refusal));
            }
            else
            {
                Done.Add(repeated[i]);
                Made.Add(repetitions[i].Tasks[0].Id);
            }
        }

        Skip(steps, "is a step of a run, which has it done again.");
        Skip(ids.Except(repeated).Except(steps), "has not ended, or is gone.");
    }

    private async Task MoveAsync(BulkOperation operation, IReadOnlyCollection<Guid> ids)
    {
        // Turns of both workspaces are kept out, so that none claims a task for the workspace that it is leaving.
        string[] workspaces = [operation.Filter.Workspace, operation.Target!];
        foreach (var workspace in workspaceKey < targetKey ? workspaces : workspaces.Reverse())
        {
            await session.QueryAsync("lock_workspace", static _ => true, Parameter.Text("@id", workspace)).ConfigureAwait(false);
        }

        var locked = await session.QueryAsync("wait_for_tasks", static row => row.Id("id"), Parameter.IdList("@ids", ids)).ConfigureAwait(false);
        var room = await PendingCap.MoveInAsync(session, targetKey!.Value, locked.Count).ConfigureAwait(false);
        var moved = await session.QueryAsync(
            "move_tasks",
            static row => (Id: row.Id("id"), Lane: row.Text("lane"), State: TaskStateNames.Parse(row.Text("status")), NeedsResources: row.Flag("needs_resources")),
            Parameter.IdList("@ids", [.. locked.Take(room)]),
            Parameter.BigInteger("@target_key", targetKey)).ConfigureAwait(false);
        Done.AddRange(moved.Select(task => task.Id));
        await session.ExecuteAsync("move_specs", Parameter.IdList("@ids", Done), Parameter.BigInteger("@target_key", targetKey)).ConfigureAwait(false);
        if (moved.Exists(static task => task.NeedsResources))
        {
            await session.ExecuteAsync("mark_uses_resources", Parameter.BigIntegerList("@keys", [targetKey!.Value]), Parameter.Flag("@flag", true)).ConfigureAwait(false);
        }

        await session.MarkReadyAsync(moved.Where(task => task.State == TaskState.Queued).Select(task => (targetKey!.Value, task.Lane))).ConfigureAwait(false);
        Skip(locked.Skip(room), "finds no room: the fuse pendingCap of the other workspace.");
        Skip(ids.Except(locked.Skip(room)), "has started or ended, is a step of a run, or other tasks hang on it.");
    }

    private void Skip(IEnumerable<Guid> ids, string reason) =>
        Errors.AddRange(ids.Except(Done).Select(id => new BulkError(id, $"The task {reason}")));
}
