using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Relational;

/// <summary>A task of a run that has ended.</summary>
/// <param name="Waited">From when it was ready until it was begun for the first time; null where it never was.</param>
/// <param name="Ran">How long it was executed, all its attempts together, without the pauses between them.</param>
internal sealed record EndedWork(Guid TaskId, Guid RunId, WorkKey Key, Guid RootId, TimeSpan? Waited, TimeSpan? Ran, TaskError? Error)
{
    /// <summary>How many entries the history of a task has that is submitted, queued, begun once and ended.</summary>
    private const int UsualSeq = 4;

    public static Task<List<EndedWork>> FindAsync(Session session, IReadOnlyCollection<Guid> tasks) =>
        session.QueryAsync("find_ended_work", Read, Parameter.IdList("@ids", tasks), Parameter.Integer("@usual", UsualSeq));

    private static EndedWork Read(Row row)
    {
        var ready = row.Time("created_at");
        if (row.TimeOrNull("run_at") is { } runAt && runAt > ready)
        {
            ready = runAt;
        }

        var started = row.TimeOrNull("started_at");
        return new EndedWork(
            row.Id("id"),
            row.Id("run_id"),
            WorkKey.Parse(row.Text("step_key")),
            row.Id("root_id"),
            started - ready,
            started is null ? null : row.TextOrNull("timeline") is { } timeline ? Timeline.SumExecution(timeline) : row.Time("finished_at") - started,
            row.TextOrNull("error_code") is { } code ? new TaskError(code, row.Text("error_message"), row.Flag("error_retryable")) : null);
    }
}
