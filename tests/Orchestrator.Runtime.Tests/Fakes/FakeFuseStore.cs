using Orchestrator.Core.Fuses;
using Orchestrator.Storage.Fuses;

namespace Orchestrator.Runtime.Tests.Fakes;

/// <summary>Remembers what was to be checked.</summary>
internal sealed class FakeFuseStore : IFuseStore
{
    public List<HeldWorkspace> Checked { get; } = [];

    public FuseCheck Answer { get; set; } = new([], false);

    public Task<FuseCheck> CheckAsync(IReadOnlyCollection<HeldWorkspace> workspaces, CancellationToken cancellationToken)
    {
        Checked.AddRange(workspaces);
        return Task.FromResult(Answer);
    }

    public Task<IReadOnlyList<HeldWorkspace>> FindUnsettledAsync(int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<HeldWorkspace>>([]);

    public int Counted { get; private set; }

    public Task<int> CloseWithRoomAsync(int limit, CancellationToken cancellationToken) => Task.FromResult(Counted++);

    public Task<bool> AnyReservedAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<bool> ResetAsync(string workspace, Fuse fuse, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<WorkspaceEvent>?> ReadEventsAsync(string workspace, long after, int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
