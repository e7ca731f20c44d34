using Orchestrator.Storage.Tasks;

namespace Orchestrator.Runtime.Operations;

/// <summary>What callers do to tasks that exist; each tells the cluster what it changed.</summary>
public interface ITaskOperations
{
    Task<CancelResult> CancelAsync(Guid taskId, CancellationToken cancellationToken);

    Task<PatchResult> PatchAsync(Guid taskId, TaskPatch patch, CancellationToken cancellationToken);
}
