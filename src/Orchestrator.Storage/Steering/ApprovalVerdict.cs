namespace Orchestrator.Storage.Steering;

/// <summary>How a request for approval ended.</summary>
public enum ApprovalVerdict
{
    Approve,
    Reject,
    Continue,
    Retry,

    /// <summary>The task failed with it.</summary>
    Abort,

    /// <summary>Nobody answered within the time limit.</summary>
    Expired,

    /// <summary>The task ended otherwise before anybody answered.</summary>
    Withdrawn,
}
