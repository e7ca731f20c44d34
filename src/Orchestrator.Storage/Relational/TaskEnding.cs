using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Relational;

/// <summary>The end of a task, whatever brings it about. The caller holds the task's row.</summary>
internal sealed record TaskEnding(TaskState State)
{
    /// <summary>The lease whose outcome this is; null when something else ends the task.</summary>
    public Guid? Token { get; init; }

    public ReadOnlyMemory<byte>? Result { get; init; }

    public TaskError? Error { get; init; }

    public TaskUsage? Usage { get; init; }

    public static TaskEnding Cancelled(string code, string message) =>
        new(TaskState.Cancelled) { Error = TaskError.Of(code, message) };

    /// <summary>Moves tasks from the live ones to the finished ones, all with this end.</summary>
    public async Task WriteAsync(Session session, params IReadOnlyCollection<Guid> ids)
    {
        if (ids.Count == 0)
        {
            return;
        }

        await session.ExecuteAsync("note_blockers", Parameter.IdList("@ids", ids)).ConfigureAwait(false);
        await session.ExecuteAsync(
            "end_tasks",
            [
                Parameter.IdList("@ids", ids),
                Parameter.Text("@status", State.ToName()),
                Parameter.Id("@token", Token),
                Parameter.Bytes("@result", Result),
                Parameter.Text("@data", Error is null ? null : EventData.Of(Error).ToJson()),
                .. TaskColumns.ErrorParameters(Error),
                .. TaskColumns.UsageParameters(Usage),
            ]).ConfigureAwait(false);
        await session.ExecuteAsync("delete_tasks", Parameter.IdList("@ids", ids)).ConfigureAwait(false);
    }
}
