namespace Orchestrator.Storage.Submissions;

public enum ReferenceProblem
{
    /// <summary>No such task in this workspace.</summary>
    NotFound,

    /// <summary>The parent has ended and can have no more children.</summary>
    ParentEnded,

    /// <summary>The child would be deeper than its workspace allows.</summary>
    TooDeep,
}
