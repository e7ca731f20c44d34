using Orchestrator.Storage.Runs;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Relational;

/// <summary>Runs transactions in which runs advance.</summary>
internal sealed class RunEngine(SubmissionStore submissions, RunWriter writer, Func<DateTimeOffset, Guid> newId)
{
    /// <inheritdoc cref="IRunStore.Notices"/>
    public Action<IReadOnlyList<RunNotice>>? Notices { get; set; }

    /// <inheritdoc cref="IRunStore.InputCheck"/>
    public InputCheck? InputCheck { get; set; }

    /// <inheritdoc cref="IRunStore.FindTaskDefaults"/>
    public Func<string, TaskDefaults>? FindTaskDefaults { get; set; }

    public SubmissionStore Submissions => submissions;

    public RunWriter Writer => writer;

    public DefinitionCache Definitions { get; } = new();

    public DefinitionKeys DefinitionKeys { get; } = new();

    /// <summary>A UUIDv7 of this time.</summary>
    public Guid NewId(DateTimeOffset now) => newId(now);

    /// <summary>Runs work as one transaction, in which runs may start tasks, and tells what became of them once it has committed.</summary>
    public async Task<T> RunAsync<T>(Func<Session, RunAdvance, Task<T>> work, CancellationToken cancellationToken)
    {
        var (result, notices) = await submissions.Cap.RunAsync(
            async (session, room) =>
            {
                var advance = new RunAdvance(this, session, room);
                var done = await work(session, advance).ConfigureAwait(false);
                return (done, advance.Notices);
            },
            cancellationToken).ConfigureAwait(false);
        if (notices.Count > 0)
        {
            Notices?.Invoke(notices);
        }

        return result;
    }
}
