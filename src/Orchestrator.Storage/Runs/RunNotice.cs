using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Runs;

/// <summary>What a committed transaction did to a run, for those who count, watch and wake.</summary>
public sealed record RunNotice(Guid RunId, long WorkspaceKey, DefinitionName Definition)
{
    /// <summary>Whether it has just been started.</summary>
    public bool Began { get; init; }

    /// <summary>Set when it has just ended; and how long it took.</summary>
    public RunStatus? EndedAs { get; init; }

    public TimeSpan Took { get; init; }

    /// <summary>Tasks that ended: their step, whether they were completed, how long they waited and how long they ran; null where they did not.</summary>
    public IReadOnlyList<(string Step, bool Completed, TimeSpan? Waited, TimeSpan? Ran)> Steps { get; init; } = [];

    /// <summary>The tasks that were started, as they were asked for and as they are stored.</summary>
    public IReadOnlyList<(NewTask Task, CreatedTask Created)> Started { get; init; } = [];

    /// <summary>What kept it from being carried on, so that it has failed.</summary>
    public Exception? Fault { get; init; }

    /// <summary>Whether it is to be looked at at once, since it could not start all in one transaction.</summary>
    public bool IsDue { get; init; }
}
