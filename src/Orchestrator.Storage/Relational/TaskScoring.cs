using Orchestrator.Core.Priorities;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Priorities;

namespace Orchestrator.Storage.Relational;

/// <summary>Scores tasks that are stored, within the transaction of somebody else, who holds their workspaces.</summary>
internal sealed class TaskScoring(TaskHeuristics heuristics)
{
    /// <summary>A state that is looked at beside an id is a parameter.</summary>
    public static Parameter Processing => Parameter.Text("@processing", TaskState.Processing.ToName());

    /// <summary>Those of the tasks that are live and do not run.</summary>
    public static Task<List<ScorableTask>> ReadAsync(Session session, IReadOnlyCollection<Guid> ids) =>
        session.QueryAsync(
            "find_scorable_tasks", Read, Parameter.IdList("@ids", ids), Parameter.Integer("@head", TaskText.MaxInputBytes), Processing);

    /// <summary>Scores tasks, whose rows are held, by hint and goal; answers those whose score or its parts changed.</summary>
    public async Task<List<Guid>> ScoreAsync(Session session, IReadOnlyCollection<ScorableTask> tasks)
    {
        var changed = new List<(Guid, EventData)>(tasks.Count);
        foreach (var task in tasks)
        {
            var scored = heuristics.Score(task.Goal, task);
            if (scored.Score != task.Score || scored.Reasons.Count > 1 || task.ScoreSource != ScoreSource.Heuristic)
            {
                changed.Add((task.Id, EventData.Of(scored)));
            }
        }

        return await WriteAsync(session, changed).ConfigureAwait(false);
    }

    /// <summary>Writes scores with the events that tell of them; answers the tasks that got theirs.</summary>
    public static async Task<List<Guid>> WriteAsync(Session session, IReadOnlyCollection<(Guid Id, EventData Data)> scores) => scores.Count == 0
        ? []
        : await session.QueryAsync(
            "score_tasks",
            static row => row.Id("id"),
            Parameter.IdList("@ids", [.. scores.Select(static score => score.Id)]),
            Parameter.BigIntegerList("@scores", [.. scores.Select(static score => (long)score.Data.Score!.Value)]),
            Parameter.TextList("@sources", [.. scores.Select(static score => score.Data.Source!)]),
            Parameter.TextList("@score_data", [.. scores.Select(static score => score.Data.ToJson())]),
            Parameter.Time("@now", await session.NowAsync().ConfigureAwait(false)),
            Processing).ConfigureAwait(false);

    private static ScorableTask Read(Row row) => new()
    {
        Id = row.Id("id"),
        Workspace = row.Text("workspace"),
        Goal = row.TextOrNull("goal"),
        Action = row.Text("action"),
        Name = row.TextOrNull("name"),
        Description = row.TextOrNull("description"),
        DependsOn = Json.ToIds(row.TextOrNull("depends_on")),
        InputHead = row.Bytes("input"),
        Priority = row.Integer("priority"),
        Score = row.Integer("score"),
        ScoreSource = row.Text("score_source"),
    };
}
