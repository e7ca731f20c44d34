using Orchestrator.Core.Fuses;

namespace Orchestrator.Storage.Fuses;

public interface IFuseStore
{
    /// <summary>
    /// Settles what ended attempts of these workspaces cost; then trips the fuse that held each, if it is used up, or has the
    /// workspace wait for the end of an attempt that holds what is left of the budget.
    /// </summary>
    Task<FuseCheck> CheckAsync(IReadOnlyCollection<HeldWorkspace> workspaces, CancellationToken cancellationToken);

    /// <summary>Finds workspaces in which attempts have ended whose cost is not settled.</summary>
    Task<IReadOnlyList<HeldWorkspace>> FindUnsettledAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Whether any attempt has a reservation that is not settled.</summary>
    Task<bool> AnyReservedAsync(CancellationToken cancellationToken);

    /// <summary>Counts the tasks of workspaces whose pending cap was reached, and closes that fuse where there is room again; answers how many.</summary>
    Task<int> CloseWithRoomAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Closes a fuse and begins anew to count what trips it; answers whether there is such a workspace.</summary>
    Task<bool> ResetAsync(string workspace, Fuse fuse, CancellationToken cancellationToken);

    /// <summary>The events of a workspace after one of them; null when there is no such workspace.</summary>
    Task<IReadOnlyList<WorkspaceEvent>?> ReadEventsAsync(string workspace, long after, int limit, CancellationToken cancellationToken);
}
