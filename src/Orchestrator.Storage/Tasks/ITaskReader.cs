namespace Orchestrator.Storage.Tasks;

public interface ITaskReader
{
    /// <summary>The task with its result, or null when there is none of that id.</summary>
    Task<TaskRecord?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>The tasks without their results; those that there are not are left out.</summary>
    Task<IReadOnlyDictionary<Guid, TaskRecord>> FindManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>The input as it was submitted.</summary>
    Task<ReadOnlyMemory<byte>?> FindInputAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Tasks of one workspace or of all, newest first, without results; null when there is no such workspace.</summary>
    Task<IReadOnlyList<TaskRecord>?> ListAsync(TaskQuery query, CancellationToken cancellationToken);

    /// <summary>The task's history after <paramref name="afterSeq"/>, complete and in order; null when there is no such task.</summary>
    Task<TaskHistory?> ReadHistoryAsync(Guid id, int afterSeq, int limit, CancellationToken cancellationToken);

    /// <summary>Which of these tasks have ended or are gone.</summary>
    Task<IReadOnlyList<Guid>> FindEndedAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>How many ready tasks of its workspace stand before it in rank; null unless it is queued.</summary>
    Task<int?> FindQueuePositionAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>How many tasks there are in each state, of one workspace or of all.</summary>
    Task<IReadOnlyDictionary<Core.Tasks.TaskState, long>> CountAsync(string? workspace, CancellationToken cancellationToken);
}
