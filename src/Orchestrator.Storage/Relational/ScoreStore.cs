using System.Text.Json;
using Orchestrator.Core.Priorities;
using Orchestrator.Storage.Priorities;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Storage.Relational;

internal sealed class ScoreStore(IDatabase database, TaskScoring scoring, TaskHeuristics heuristics) : IScoreStore
{
    /// <summary>How many tasks, ended ones too, a step looks at to find those that it is about.</summary>
    private const int Reach = 1_000;

    /// <summary>How often a process that needed no heuristic yet looks whether there are goals by now.</summary>
    private const int RoundsBetweenLooks = 60;

    private int _rounds;

    private sealed record Change(long WorkspaceKey, DateTimeOffset ChangedAt, Guid After);

    public async Task<IReadOnlyList<ScorableTask>> ReadPendingAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        await database.ReadAsync(session => TaskScoring.ReadAsync(session, ids), cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<Guid>> ApplyAsync(IReadOnlyList<ScoreUpdate> updates, CancellationToken cancellationToken) =>
        await database.WriteAsync(session => ApplyAsync(session, updates), cancellationToken).ConfigureAwait(false);

    public async Task<RescoreStep?> RescoreAsync(int limit, CancellationToken cancellationToken)
    {
        // Outside of any transaction; and soon after the start of a process, so that its first submissions do not wait either.
        if (!heuristics.IsWarm && _rounds++ % RoundsBetweenLooks == 0 && await AnyAsync("find_goal").ConfigureAwait(false))
        {
            heuristics.WarmUp();
        }

        return await AnyAsync("find_goal_change").ConfigureAwait(false)
            ? await database.WriteAsync(
                async session => await session.FindAsync("lock_next_goal_change", ReadChange).ConfigureAwait(false) is { } change
                    ? await RescoreAsync(session, change, limit).ConfigureAwait(false)
                    : null,
                cancellationToken).ConfigureAwait(false)
            : null;

        Task<bool> AnyAsync(string query) => database.ReadAsync(session => session.AnyAsync(query), cancellationToken);
    }

    public Task<ScoreExplanation?> ExplainAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
            {
                var found = await FindAsync("find_live_tasks", "find_live_history").ConfigureAwait(false)
                    ?? await FindAsync("find_finished_tasks", "find_finished_history").ConfigureAwait(false);
                return found is { } task ? Explain(task.Task, task.Timeline) : null;

                async Task<(TaskRecord Task, string Timeline)?> FindAsync(string tasks, string history) =>
                    await session.FindAsync(tasks, TaskColumns.Read, Parameter.IdList("@ids", [id])).ConfigureAwait(false) is { } task
                    && await session.FindAsync(history, static row => row.Text("timeline"), Parameter.Id("@id", id)).ConfigureAwait(false) is { } timeline
                        ? (task, timeline)
                        : null;
            },
            cancellationToken);

    private static async Task<IReadOnlyList<Guid>> ApplyAsync(Session session, IReadOnlyList<ScoreUpdate> updates)
    {
        // Held, so that a goal that is being changed is changed before this, or scores everything anew after it.
        var workspaces = await session.QueryAsync(
            "share_workspaces_by_id",
            static row => (Id: row.Text("id"), Goal: row.TextOrNull("goal")),
            Parameter.TextList("@ids", [.. updates.Select(static update => update.Task.Workspace).Distinct()])).ConfigureAwait(false);
        var goals = workspaces.ToDictionary(static workspace => workspace.Id, static workspace => workspace.Goal);
        var current = updates
            .Where(update => goals.TryGetValue(update.Task.Workspace, out var goal) && goal == update.Task.Goal)
            .GroupBy(static update => update.Task.Id)
            .ToDictionary(static group => group.Key, static group => group.Last());
        var pending = await session.QueryAsync(
            "lock_scorable_tasks",
            static row => (Id: row.Id("id"), Priority: row.Integer("priority")),
            Parameter.IdList("@ids", current.Keys),
            TaskScoring.Processing).ConfigureAwait(false);
        return await TaskScoring.WriteAsync(
            session,
            [
                .. from task in pending
                   let update = current[task.Id]
                   where task.Priority == update.Task.Priority
                   select (task.Id, new EventData { Score = update.Score, Source = update.Source, Reasons = [update.Reason] }),
            ]).ConfigureAwait(false);
    }

    private async Task<RescoreStep> RescoreAsync(Session session, Change change, int limit)
    {
        var seen = await session.QueryAsync(
            "list_tasks_to_rescore",
            static row => (Id: row.Id("id"), Pending: row.Flag("pending")),
            Parameter.BigInteger("@workspace_key", change.WorkspaceKey),
            Parameter.Id("@after", change.After),
            Parameter.Time("@until", change.ChangedAt),
            Parameter.Integer("@limit", Reach),
            TaskScoring.Processing).ConfigureAwait(false);
        var candidates = seen.Where(static task => task.Pending).Select(static task => task.Id).Take(limit).ToList();
        var tasks = new List<ScorableTask>();
        if (candidates.Count > 0)
        {
            await session.QueryAsync("wait_for_tasks", static _ => true, Parameter.IdList("@ids", candidates)).ConfigureAwait(false);
            tasks = await TaskScoring.ReadAsync(session, candidates).ConfigureAwait(false);
        }

        var changed = await scoring.ScoreAsync(session, tasks).ConfigureAwait(false);
        await (candidates.Count == limit || seen.Count == Reach
            ? session.ExecuteAsync(
                "move_goal_change_on",
                Parameter.BigInteger("@key", change.WorkspaceKey),
                Parameter.Id("@after", candidates.Count == limit ? candidates[^1] : seen[^1].Id))
            : session.ExecuteAsync("delete_goal_change", Parameter.BigInteger("@key", change.WorkspaceKey))).ConfigureAwait(false);
        return new RescoreStep(tasks.ConvertAll(static task => task.Id), changed);
    }

    /// <summary>The newest event that tells of the score; where none does, the score is the hint.</summary>
    private static ScoreExplanation Explain(TaskRecord task, string timeline)
    {
        var data = Timeline.Parse(timeline).LastOrDefault(static entry => entry is { Type: "submitted" or "scored", Data: not null })?.Data;
        var reasons = data is null ? null : JsonSerializer.Deserialize(data, StorageJson.Default.EventData)?.Reasons;
        return new ScoreExplanation(task.Score, task.ScoreSource, reasons ?? [new ScoreReason("priority", task.Score)]);
    }

    private static Change ReadChange(Row row) => new(row.BigInteger("workspace_key"), row.Time("changed_at"), row.Id("after_id"));
}
