using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Storage.Bulk;

public interface IBulkStore
{
    /// <summary>Counts the tasks that an operation is about and stores it; null when one of its workspaces does not exist.</summary>
    Task<BulkOperation?> CreateAsync(BulkOperation operation, CancellationToken cancellationToken);

    Task<BulkOperation?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// Goes on with the oldest operation that is not finished and that nobody else holds: at most <paramref name="limit"/>
    /// tasks, in one transaction with the note of how far it came, so that each task is done once. Null when there is none.
    /// </summary>
    /// <param name="repeat">Makes the new task from an ended one and its input.</param>
    Task<BulkStep?> StepAsync(int limit, Func<TaskRecord, ReadOnlyMemory<byte>, NewTask> repeat, CancellationToken cancellationToken);
}
