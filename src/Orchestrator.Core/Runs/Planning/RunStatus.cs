namespace Orchestrator.Core.Runs.Planning;

/// <summary>The states of a run. Those that ended are kept for <c>Retention:Runs</c>.</summary>
public enum RunStatus
{
    /// <summary>Steps are under way, or wait for their turn or a person.</summary>
    Started,

    /// <summary>Every step has ended, none badly.</summary>
    Completed,

    /// <summary>A step failed, or time ran out. A person may retry or skip the step, which starts it again.</summary>
    Failed,

    /// <summary>A person ended it.</summary>
    Aborted,
}
