using Orchestrator.Storage.Delegation;

namespace Orchestrator.Runtime.Tests.Fakes;

/// <summary>Knows the children that a test names.</summary>
internal sealed class FakeDelegationStore : IDelegationStore
{
    public List<ChildRecord> Known { get; } = [];

    public Task<IReadOnlyList<ChildRecord>> FindChildrenAsync(Guid parentId, IReadOnlyList<Guid> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ChildRecord>>([.. ids.SelectMany(id => Known.Where(child => child.Id == id))]);

    public Task<AwaitedTasks> FindAwaitedAsync(Guid id, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();
}
