namespace Orchestrator.Storage.Tasks;

public interface ITaskControl
{
    /// <summary>Cancels a task that has not ended, and then what hangs on it.</summary>
    Task<CancelResult> CancelAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Changes a task that has not started.</summary>
    Task<PatchResult> PatchAsync(Guid id, TaskPatch patch, CancellationToken cancellationToken);
}
