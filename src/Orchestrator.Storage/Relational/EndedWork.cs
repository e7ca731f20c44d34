using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;

namespace Orchestrator.Storage.Relational;

/// <summary>A task of a run that has ended.</summary>
/// <param name="Waited">From when it could have been started until it was; null where it was not.</param>
/// <param name="StartedAt">When that was.</param>
/// <param name="FinishedAt">When it ended; null for in this transaction.</param>
internal sealed record EndedWork(
    Guid TaskId, Guid RunId, WorkKey Key, TimeSpan? Waited, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, TaskError? Error)
{
    /// <summary>What it answered; null where it failed, or where that has to be read.</summary>
    public ReadOnlyMemory<byte>? Result { get; init; }

    /// <summary>The task that a settlement has ended; null where it has not, or where that has to be read.</summary>
    public static EndedWork? Of(Settlement settlement)
    {
        if (settlement.Step is not { BegunAt: { } begunAt } step)
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
            new(settlement.Lease.TaskId, step.RunId, WorkKey.Parse(step.Key), step.Waited, begunAt, error);
    }

    public static EndedWork Read(Row row)
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
            started,
            row.Time("finished_at"),
            row.TextOrNull("error_code") is { } code ? new TaskError(code, row.Text("error_message"), row.Flag("error_retryable")) : null);
    }

    /// <summary>Which piece of work of a run a live task is; null for none.</summary>
    public static StepWork? ReadStep(Row row) => row.TextOrNull("step_key") is { } key
        ? new StepWork(row.Id("run_id"), key, row.Span("step_waited"), row.TimeOrNull("step_begun_at"))
        : null;
}
