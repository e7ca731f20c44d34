using Orchestrator.Storage.Resources;

namespace Orchestrator.Runtime.Operations;

/// <summary>What callers do to resources that can let tasks go on; each tells the cluster.</summary>
public interface IResourceOperations
{
    /// <summary>Creates a resource or changes what it gives; answers it, and whether it is new.</summary>
    Task<(ResourceRecord Resource, bool Created)> PutAsync(string name, ResourceBounds bounds, CancellationToken cancellationToken);
}
