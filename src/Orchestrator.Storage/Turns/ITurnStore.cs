namespace Orchestrator.Storage.Turns;

public interface ITurnStore
{
    /// <summary>Takes a turn over the dispatchable workspaces: locks them in fair-share order, leases the heads of their ready sets within every limit, and parks the ones that turn out empty.</summary>
    Task<TurnResult> TakeAsync(TurnRequest request, CancellationToken cancellationToken);
}
