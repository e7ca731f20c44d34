using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Tasks;

/// <summary>The answer to a cancellation; exactly one of the nested records.</summary>
public abstract record CancelResult
{
    private CancelResult()
    {
    }

    /// <summary>The task and these others (descendants, and dependants that do not run without it) are cancelled.</summary>
    public sealed record Done(IReadOnlyList<Guid> Cancelled) : CancelResult;

    public sealed record AlreadyEnded(TaskState State) : CancelResult;

    public sealed record NotFound : CancelResult;
}
