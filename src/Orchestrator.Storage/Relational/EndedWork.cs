using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Relational;

/// <summary>A task of a run that has ended.</summary>
internal sealed record EndedWork(Guid TaskId, Guid RunId, WorkKey Key, Guid RootId, TimeSpan? Waited, TimeSpan? Ran, TaskError? Error)
{
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
            row.Id("root_id"),
            started - ready,
            row.Time("finished_at") - started,
            row.TextOrNull("error_code") is { } code ? new TaskError(code, row.Text("error_message"), row.Flag("error_retryable")) : null);
    }
}
