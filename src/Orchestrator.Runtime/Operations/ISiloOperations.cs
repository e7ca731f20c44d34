namespace Orchestrator.Runtime.Operations;

/// <summary>What callers do to silos; each tells the cluster.</summary>
public interface ISiloOperations
{
    /// <summary>Asks a silo to drain; answers whether it exists.</summary>
    Task<bool> RequestDrainAsync(Guid siloId, CancellationToken cancellationToken);
}
