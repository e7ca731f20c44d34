using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;

namespace Orchestrator.Storage.Relational;

/// <summary>A task of a run that has ended.</summary>
/// <param name="Waited">From when it was ready until it was begun for the first time; null where it never was.</param>
/// <param name="Ran">How long it was executed, all its attempts together, without the pauses between them.</param>
internal sealed record EndedWork(Guid TaskId, Guid RunId, WorkKey Key, TimeSpan? Waited, TimeSpan? Ran, TaskError? Error)
{
    /// <summary>How many entries the history of a task has that is submitted, queued, begun once and ended.</summary>
    private const int UsualSeq = 4;

    /// <summary>What it answered; null where it failed, or where that has to be read.</summary>
    public ReadOnlyMemory<byte>? Result { get; init; }

    /// <summary>The task that a settlement has ended; null where it has not, or where more of it has to be read.</summary>
    public static EndedWork? Of(Settlement settlement, DateTimeOffset? at)
    {
        if (settlement.Step is not { BegunAt: { } begunAt } step || at is not { } endedAt)
        {
            return null;
        }

        return settlement.Outcome switch
        {
            AttemptOutcome.Completed completed => OfStep(null) with { Result = completed.Result },
            AttemptOutcome.Failed failed => OfStep(failed.Error),
            _ => null,
        };

        EndedWork OfStep(TaskError? error) =>
            new(settlement.Lease.TaskId, step.RunId, WorkKey.Parse(step.Key), step.Waited, endedAt - begunAt, error);
    }

    /// <summary>Those of these tasks that are of runs and have ended.</summary>
    public static async Task<List<EndedWork>> FindAsync(Session session, IReadOnlyCollection<Guid> tasks) => tasks.Count == 0
        ? []
        : await session.QueryAsync("find_ended_work", Read, Parameter.IdList("@ids", tasks), Parameter.Integer("@usual", UsualSeq)).ConfigureAwait(false);

    /// <summary>Which piece of work of a run a live task is; null for none.</summary>
    public static StepWork? ReadStep(Row row) => row.TextOrNull("step_key") is { } key
        ? new StepWork(row.Id("run_id"), key, row.Span("step_waited"), row.TimeOrNull("step_begun_at"))
        : null;

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
            started - ready,
            started is null ? null : row.TextOrNull("timeline") is { } timeline ? Timeline.SumExecution(timeline) : row.Time("finished_at") - started,
            row.TextOrNull("error_code") is { } code ? new TaskError(code, row.Text("error_message"), row.Flag("error_retryable")) : null);
    }
}
