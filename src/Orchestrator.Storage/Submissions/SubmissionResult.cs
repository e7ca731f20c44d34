using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Submissions;

/// <summary>The answer to one submission; exactly one of the nested records.</summary>
public abstract record SubmissionResult
{
    private SubmissionResult()
    {
    }

    /// <summary>Why nothing was stored, for people to read; null when the tasks are stored.</summary>
    public string? Refusal => this switch
    {
        Accepted or Replayed => null,
        IdempotencyConflict => "The key was used before with another body.",
        WorkspaceNotFound => "The workspace is gone.",
        InvalidReferences => "A task that it refers to is gone or cannot be referred to.",
        InvalidResources { Resources: var resources } => $"The resources {string.Join(", ", resources.Select(static resource => resource.Name).Distinct())} are gone or can never give as much.",
        LeaseLost => "The lease of the creating attempt was lost.",
        DelegationConflict { Key: var key } => $"The key \"{key}\" was used before for another child.",
        PendingCapReached { Cap: var cap, Delegated: var delegated } => $"The fuse pendingCap lets the workspace have {cap} {(delegated ? "delegated " : "")}tasks that wait or run.",
        LargerThanPendingCap { Cap: var cap, Delegated: var delegated } => $"They can never fit: the fuse pendingCap lets the workspace have {cap} {(delegated ? "delegated " : "")}tasks that wait or run.",
        TooManyActions => $"The workspace has ready tasks of {TaskLimits.MaxReadyActions} different actions.",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>All tasks are stored, in the submission's order.</summary>
    public sealed record Accepted(IReadOnlyList<CreatedTask> Tasks) : SubmissionResult;

    /// <summary>The key was used before with the same body; these tasks came of it (some may be gone).</summary>
    public sealed record Replayed(IReadOnlyList<Guid> TaskIds) : SubmissionResult;

    /// <summary>The key was used before with another body.</summary>
    public sealed record IdempotencyConflict : SubmissionResult;

    /// <summary>The attempt that delegates holds its lease no more; nothing was stored.</summary>
    public sealed record LeaseLost : SubmissionResult;

    /// <summary>The task has another child of this key, with another action or input; nothing was stored.</summary>
    public sealed record DelegationConflict(string Key) : SubmissionResult;

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

    /// <summary>These are more tasks than the workspace may ever have at the same time; nothing was stored.</summary>
    /// <param name="Delegated">Whether it is delegated tasks that are too many.</param>
    /// <param name="Cap">How many there may be.</param>
    public sealed record LargerThanPendingCap(bool Delegated, long Cap) : SubmissionResult;

    /// <summary>The workspace has ready tasks of too many different actions (<see cref="TaskLimits.MaxReadyActions"/>).</summary>
    public sealed record TooManyActions : SubmissionResult;
}
