using Orchestrator.Core.Scheduling;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Relational;

/// <summary>Submissions, row by row; a dialect may insert faster.</summary>
internal class SubmissionStore(IDatabase database, TaskHeuristics heuristics) : ISubmissionStore
{
    private sealed record Workspace(
        long Key, string? Goal, HashSet<string> ReadyActions, bool UsesResources, int MaxDepth, bool Guarded, long PendingEpoch);

    /// <summary>Bounds the live tasks; whoever submits as a part of a transaction runs that through it.</summary>
    internal PendingCap Cap { get; } = new(database);

    public async Task<IReadOnlyList<SubmissionResult>> SubmitAsync(
        IReadOnlyList<Submission> submissions, CancellationToken cancellationToken)
    {
        heuristics.Prepare(submissions);
        return await Cap.RunAsync((session, room) => SubmitAsync(session, submissions, room), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Inserts tasks and what was asked for.</summary>
    protected virtual async Task InsertAsync(Session session, IReadOnlyList<TaskRow> rows)
    {
        foreach (var row in rows)
        {
            await session.ExecuteAsync("insert_spec", TaskRowParameters.OfSpec(row)).ConfigureAwait(false);
            await session.ExecuteAsync("insert_task", TaskRowParameters.OfTask(row)).ConfigureAwait(false);
        }
    }

    /// <summary>Inserts who waits for whom.</summary>
    protected virtual async Task InsertDependenciesAsync(Session session, IReadOnlyList<(Guid DependsOn, Guid TaskId)> dependencies)
    {
        foreach (var (dependsOn, taskId) in dependencies)
        {
            await session.ExecuteAsync("insert_dependency", Parameter.Id("@depends_on", dependsOn), Parameter.Id("@task_id", taskId)).ConfigureAwait(false);
        }
    }

    /// <summary>Stores submissions as a part of a transaction of somebody else, which <see cref="Cap"/> runs.</summary>
    internal async Task<IReadOnlyList<SubmissionResult>> SubmitAsync(Session session, IReadOnlyList<Submission> submissions, PendingRoom room)
    {
        var workspaces = await ShareWorkspacesAsync(session, submissions).ConfigureAwait(false);
        await TakeRoomAsync(session, submissions, workspaces, room).ConfigureAwait(false);
        var now = await session.NowAsync().ConfigureAwait(false);
        var references = await ReferenceLocks.TakeAsync(session, submissions).ConfigureAwait(false);
        var resources = await ResourceChecks.ReadAsync(session, submissions).ConfigureAwait(false);
        var delegations = await Delegations.ReadAsync(session, submissions).ConfigureAwait(false);
        var results = new SubmissionResult?[submissions.Count];
        var rows = new List<TaskRow>();
        var found = new References();

        // Receipts are written in one order, so that two batches with the same keys do not wait for each other in a circle.
        foreach (var index in Enumerable.Range(0, submissions.Count)
            .OrderBy(i => submissions[i].Workspace, StringComparer.Ordinal)
            .ThenBy(i => submissions[i].Idempotency?.Key, StringComparer.Ordinal))
        {
            var submission = submissions[index];
            if (!workspaces.TryGetValue(submission.Workspace, out var workspace))
            {
                results[index] = new SubmissionResult.WorkspaceNotFound();
                continue;
            }

            results[index] = delegations.Answer(submission)
                ?? await RefuseAsync(session, submission, workspace, references, resources, room).ConfigureAwait(false);
            if (results[index] is null)
            {
                var prepared = Prepare(submission with { Tasks = delegations.FindNew(submission) }, workspace, references, now, found);
                rows.AddRange(prepared);
                results[index] = delegations.Accept(submission, prepared);
            }
        }

        await WriteReferencesAsync(session, found).ConfigureAwait(false);
        await Delegations.WriteAsync(session, submissions, results).ConfigureAwait(false);
        await InsertAsync(session, rows).ConfigureAwait(false);
        rows.ForEach(row => session.News.AddSubmitted(row.WorkspaceKey, row.Task.Action));
        if (found.Dependencies.Count > 0)
        {
            await session.ExecuteAsync("note_blocking", Parameter.IdList("@ids", found.Dependencies.Select(static dependency => dependency.DependsOn).ToHashSet())).ConfigureAwait(false);
        }

        var known = workspaces.Values.ToDictionary(workspace => workspace.Key, workspace => workspace.ReadyActions);
        await session.MarkReadyAsync(rows
            .Where(row => row.State == TaskState.Queued && !known[row.WorkspaceKey].Contains(row.Lane))
            .Select(row => (row.WorkspaceKey, row.Lane))).ConfigureAwait(false);
        await MarkUsesResourcesAsync(session, rows, workspaces.Values).ConfigureAwait(false);
        await MarkGuardedAsync(session, rows, workspaces.Values).ConfigureAwait(false);
        return results!;
    }

    private static async Task TakeRoomAsync(Session session, IEnumerable<Submission> submissions, Dictionary<string, Workspace> workspaces, PendingRoom room)
    {
        var wanted = new Dictionary<long, PendingCount>();
        foreach (var submission in submissions)
        {
            if (workspaces.TryGetValue(submission.Workspace, out var workspace))
            {
                wanted[workspace.Key] = wanted.GetValueOrDefault(workspace.Key) + room.WhatMayFit(workspace.Key, PendingCount.Of(submission.Tasks));
            }
        }

        var epochs = workspaces.Values.ToDictionary(workspace => workspace.Key, workspace => workspace.PendingEpoch);
        if (room.FindShort(wanted, epochs) is { Length: > 0 } lacking)
        {
            // Where a cap was lowered below what is live, that has to become less first.
            var bounds = await PendingBound.ReadAsync(session, lacking).ConfigureAwait(false);
            bounds.Where(static bound => bound.Left.Total >= 0).ToList().ForEach(bound => room.UseEnded(bound.Key));
        }

        room.Take(wanted, epochs);
    }

    /// <summary>Says that turns of these workspaces must count what they start.</summary>
    private static async Task MarkGuardedAsync(Session session, List<TaskRow> rows, IEnumerable<Workspace> workspaces)
    {
        var keys = rows.Where(static row => row.DelegationDepth > 0).Select(static row => row.WorkspaceKey).ToHashSet();
        keys.ExceptWith(workspaces.Where(static workspace => workspace.Guarded).Select(static workspace => workspace.Key));
        if (keys.Count > 0)
        {
            await session.ExecuteAsync("mark_guarded", Parameter.BigIntegerList("@keys", keys), Parameter.Flag("@flag", true)).ConfigureAwait(false);
        }
    }

    /// <summary>Says that turns of these workspaces must look for tasks that need resources.</summary>
    private static async Task MarkUsesResourcesAsync(Session session, List<TaskRow> rows, IEnumerable<Workspace> workspaces)
    {
        var keys = rows.Where(static row => row.Task.Resources.Count > 0).Select(static row => row.WorkspaceKey).ToHashSet();
        keys.ExceptWith(workspaces.Where(static workspace => workspace.UsesResources).Select(static workspace => workspace.Key));
        if (keys.Count > 0)
        {
            await session.ExecuteAsync("mark_uses_resources", Parameter.BigIntegerList("@keys", keys), Parameter.Flag("@flag", true)).ConfigureAwait(false);
        }
    }

    private static async Task<Dictionary<string, Workspace>> ShareWorkspacesAsync(Session session, IEnumerable<Submission> submissions)
    {
        var ids = submissions.Select(submission => submission.Workspace).Distinct().ToArray();
        var found = await session.QueryAsync(
            "share_workspaces_by_id",
            static row => (
                Id: row.Text("id"),
                Workspace: new Workspace(
                    row.BigInteger("key"),
                    row.TextOrNull("goal"),
                    row.TextList("ready_actions").ToHashSet(),
                    row.Flag("uses_resources"),
                    row.IntegerOrNull("max_delegation_depth") ?? TaskLimits.MaxDelegationDepth,
                    row.Flag("guarded"),
                    row.BigInteger("pending_epoch"))),
            Parameter.TextList("@ids", ids)).ConfigureAwait(false);
        return found.ToDictionary(row => row.Id, row => row.Workspace);
    }

    /// <summary>The reason not to store a submission, or null; writes its receipt when there is none.</summary>
    private static async Task<SubmissionResult?> RefuseAsync(
        Session session, Submission submission, Workspace workspace, ReferenceLocks references, ResourceChecks resources, PendingRoom room)
    {
        if (submission.Idempotency is { } key
            && await FindReceiptAsync(session, workspace.Key, key).ConfigureAwait(false) is { } replay)
        {
            return replay;
        }

        var problems = references.Check(submission, workspace.Key, workspace.MaxDepth);
        if (problems.Count > 0)
        {
            return new SubmissionResult.InvalidReferences(problems);
        }

        var needs = resources.Check(submission);
        if (needs.Count > 0)
        {
            return new SubmissionResult.InvalidResources(needs);
        }

        if (submission.Tasks.Select(task => TaskLane.Of(task.Action, task.Skills)).Union(workspace.ReadyActions).Count() > TaskLimits.MaxReadyActions)
        {
            return new SubmissionResult.TooManyActions();
        }

        if (room.Refuse(workspace.Key, PendingCount.Of(submission.Tasks)) is { } refusal)
        {
            return refusal;
        }

        if (submission.Idempotency is { } newKey
            && !await Receipts.InsertAsync(session, workspace.Key, newKey, [.. submission.Tasks.Select(static task => task.Id)]).ConfigureAwait(false))
        {
            return await FindReceiptAsync(session, workspace.Key, newKey).ConfigureAwait(false);
        }

        return null;
    }

    private static async Task<SubmissionResult?> FindReceiptAsync(Session session, long workspaceKey, IdempotencyKey key) =>
        await Receipts.FindAsync(session, workspaceKey, key).ConfigureAwait(false) switch
        {
            null => null,
            { IsSame: true } receipt => new SubmissionResult.Replayed(receipt.TaskIds),
            _ => new SubmissionResult.IdempotencyConflict(),
        };

    private List<TaskRow> Prepare(
        Submission submission, Workspace workspace, ReferenceLocks references, DateTimeOffset now, References found)
    {
        var own = submission.Tasks.Select(task => task.Id).ToHashSet();
        var dependedOn = submission.Tasks.SelectMany(task => task.DependsOn).ToHashSet();
        var rows = new List<TaskRow>(submission.Tasks.Count);
        foreach (var task in submission.Tasks)
        {
            var pending = 0;
            foreach (var id in task.DependsOn.Distinct())
            {
                pending += found.Depend(task, id, own.Contains(id) ? null : references.EndOf(id), own.Contains(id));
            }

            if (task.ParentId is { } parentId)
            {
                found.Parents.Add(parentId);
            }

            var state = pending > 0 ? TaskState.Blocked : task.RunAt > now ? TaskState.Scheduled : TaskState.Queued;
            var scored = heuristics.Score(submission.Workspace, workspace.Goal, task);
            var score = scored?.Score ?? task.Score;
            rows.Add(new TaskRow(task, workspace.Key, state, Rank.Of(now, score), now)
            {
                Score = score,
                SubmittedData = scored is null ? null : EventData.Of(scored).ToJson(),
                DelegationDepth = references.DepthBelow(task.ParentId),
                PendingDependencies = pending,
                HasDependents = dependedOn.Contains(task.Id),
            });
        }

        return rows;
    }

    private async Task WriteReferencesAsync(Session session, References found)
    {
        await MarkAsync("mark_parents", found.Parents).ConfigureAwait(false);
        await MarkAsync("mark_depended_on", found.Live).ConfigureAwait(false);

        // One that failed before is told again, and cancels the new task like any other dependant.
        await MarkAsync("mark_unresolved", found.Ended).ConfigureAwait(false);
        if (found.Dependencies.Count > 0)
        {
            await InsertDependenciesAsync(session, found.Dependencies).ConfigureAwait(false);
        }

        async Task MarkAsync(string query, HashSet<Guid> ids)
        {
            if (ids.Count > 0)
            {
                await session.ExecuteAsync(query, Parameter.IdList("@ids", ids), Parameter.Flag("@flag", true)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What new tasks refer to, to be written together.</summary>
    private sealed class References
    {
        public List<(Guid DependsOn, Guid TaskId)> Dependencies { get; } = [];

        public HashSet<Guid> Parents { get; } = [];

        public HashSet<Guid> Live { get; } = [];

        public HashSet<Guid> Ended { get; } = [];

        /// <summary>Notes one dependency; answers how many there are to wait for: none or one.</summary>
        public int Depend(NewTask task, Guid dependsOn, TaskState? endedAs, bool inSubmission)
        {
            if (endedAs == TaskState.Completed || (endedAs is not null && task.OnDependencyFailure == DependencyFailureAction.Run))
            {
                return 0;
            }

            Dependencies.Add((dependsOn, task.Id));
            if (!inSubmission)
            {
                (endedAs is null ? Live : Ended).Add(dependsOn);
            }

            return 1;
        }
    }
}
