namespace Orchestrator.Storage.Submissions;

/// <summary>The answer to one submission; exactly one of the nested records.</summary>
public abstract record SubmissionResult
{
    private SubmissionResult()
    {
    }

    /// <summary>All tasks are stored, in the submission's order.</summary>
    public sealed record Accepted(IReadOnlyList<CreatedTask> Tasks) : SubmissionResult;

    /// <summary>The key was used before with the same body; these tasks came of it (some may be gone).</summary>
    public sealed record Replayed(IReadOnlyList<Guid> TaskIds) : SubmissionResult;

    /// <summary>The key was used before with another body.</summary>
    public sealed record IdempotencyConflict : SubmissionResult;

    public sealed record WorkspaceNotFound : SubmissionResult;

    /// <summary>Parents or dependencies that cannot be used; nothing was stored.</summary>
    public sealed record InvalidReferences(IReadOnlyList<InvalidReference> References) : SubmissionResult;

    /// <summary>Resources that are not there, or can never give as much; nothing was stored.</summary>
    public sealed record InvalidResources(IReadOnlyList<InvalidResource> Resources) : SubmissionResult;

    /// <summary>So many tasks of the workspace wait or run that there is no room for these; nothing was stored.</summary>
    /// <param name="Delegated">Whether it is delegated tasks that are too many.</param>
    /// <param name="Cap">How many there may be.</param>
    public sealed record PendingCapReached(bool Delegated, long Cap) : SubmissionResult
    {
        /// <summary>Whether the fuse has tripped for it.</summary>
        public bool Tripped { get; init; }
    }

    /// <summary>The workspace has ready tasks of too many different actions (<see cref="Core.Tasks.TaskLimits.MaxReadyActions"/>).</summary>
    public sealed record TooManyActions : SubmissionResult;
}
