namespace Orchestrator.Core.Runs.Planning;

/// <summary>What a person decides about a step that waits for it.</summary>
public enum RunDecision
{
    /// <summary>The step is completed; edits are a merge patch (RFC 7396) of its output. <c>approve</c> means the same.</summary>
    Continue,

    /// <summary>The step is done again; edits are a merge patch of its input.</summary>
    Retry,

    /// <summary>The step fails as <c>rejected</c>.</summary>
    Reject,

    /// <summary>The run is aborted.</summary>
    Abort,
}
