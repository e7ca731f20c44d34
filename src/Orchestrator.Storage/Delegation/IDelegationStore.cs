namespace Orchestrator.Storage.Delegation;

/// <summary>What became of the tasks that a task created.</summary>
public interface IDelegationStore
{
    /// <summary>Those of these tasks that are children of the parent, in the given order; with results and errors once all of them have ended.</summary>
    Task<IReadOnlyList<ChildRecord>> FindChildrenAsync(Guid parentId, IReadOnlyList<Guid> ids, CancellationToken cancellationToken);

    /// <summary>What a parked or blocked task waits for.</summary>
    /// <param name="limit">How many are named.</param>
    Task<AwaitedTasks> FindAwaitedAsync(Guid id, int limit, CancellationToken cancellationToken);
}
