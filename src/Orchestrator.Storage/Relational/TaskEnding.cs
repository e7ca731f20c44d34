using Orchestrator.Core.Tasks;
using Orchestrator.Core.Webhooks;
using Orchestrator.Storage.Timelines;

namespace Orchestrator.Storage.Relational;

/// <summary>The end of a task, whatever brings it about. The caller holds the task's row.</summary>
internal sealed record TaskEnding(TaskState State)
{
    /// <summary>The lease whose outcome this is; null when something else ends the task.</summary>
    public Guid? Token { get; init; }

    /// <summary>Whether the caller advances the run of the task in the same transaction; otherwise that follows.</summary>
    public bool Advances { get; init; }

    /// <summary>Whether it is the outcome of an attempt, of which whoever settles that tells.</summary>
    public bool OfAttempt { get; init; }

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

        var data = Error is null ? null : EventData.Of(Error).ToJson();
        await session.ExecuteAsync("note_blockers", Parameter.IdList("@ids", ids)).ConfigureAwait(false);
        await session.ExecuteAsync(
            "end_tasks",
            [
                Parameter.IdList("@ids", ids),
                Parameter.Text("@status", State.ToName()),
                Parameter.Id("@token", Token),
                Parameter.Bytes("@result", Result),
                Parameter.Text("@data", data),
                Parameter.Flag("@advances", Advances),
                .. TaskColumns.ErrorParameters(Error),
                .. TaskColumns.UsageParameters(Usage),
            ]).ConfigureAwait(false);
        var ended = await session.QueryAsync(
            "delete_tasks",
            row => (Task: new EndedTask(row.Id("id"), row.BigInteger("workspace_key"), row.Text("action"), State, Error), Told: row.Flag("told")),
            Parameter.IdList("@ids", ids),
            WebhookOutbox.TypePattern(EventTypes.OfEnd(State))).ConfigureAwait(false);
        if (!OfAttempt)
        {
            session.News.AddEnded(ended.Select(static one => one.Task));
        }

        if (ended.Exists(static one => one.Told))
        {
            await session.TellEndsAsync(ids, State, data).ConfigureAwait(false);
        }
    }
}
