namespace Orchestrator.Storage.Resources;

/// <summary>Buckets and semaphores that the whole cluster shares, and their queues. Turns grant of them.</summary>
public interface IResourceStore
{
    /// <summary>Creates a resource, a bucket full, or changes what it gives; answers it, and whether it is new. What is held stays held, and a bucket keeps what it holds as far as that still fits.</summary>
    Task<(ResourceRecord Resource, bool Created)> PutAsync(string name, ResourceBounds bounds, CancellationToken cancellationToken);

    Task<ResourceRecord?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Resources by name, those after <paramref name="after"/> if given.</summary>
    Task<IReadOnlyList<ResourceRecord>> ListAsync(string? after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Moves tasks from the queues that are due to the ready set: of each queue, in the order of rank, as many as its resource has
    /// enough for now. Answers which.
    /// </summary>
    /// <param name="afterEnds">Whether to look at the queues of semaphores too, because attempts have ended.</param>
    Task<IReadOnlyList<Guid>> WakeAsync(bool afterEnds, CancellationToken cancellationToken);

    Task<NextLook> FindNextLookAsync(CancellationToken cancellationToken);
}
