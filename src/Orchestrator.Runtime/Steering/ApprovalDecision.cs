namespace Orchestrator.Runtime.Steering;

/// <summary>What was decided. That a task is aborted is no decision its worker hears of: the task has failed as <c>rejected</c> then.</summary>
public enum ApprovalDecision
{
    Approve,
    Reject,
    Continue,
    Retry,

    /// <summary>Nobody answered within the time limit.</summary>
    Expired,
}
