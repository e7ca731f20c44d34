namespace Orchestrator.Core.Runs.Planning;

/// <summary>The states of a step within its run.</summary>
public enum StepStatus
{
    /// <summary>Waits for the steps that it needs, or for room.</summary>
    Pending,

    /// <summary>Its tasks or sub-runs are under way.</summary>
    Running,

    /// <summary>Has its output, and waits for a person; takes no part of <c>maxParallel</c>.</summary>
    Waiting,

    Completed,

    Failed,

    /// <summary>Its condition was false, or all that it needs were skipped.</summary>
    Skipped,

    /// <summary>The run ended before it did.</summary>
    Cancelled,
}
