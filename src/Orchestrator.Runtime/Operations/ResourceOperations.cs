using Orchestrator.Runtime.Signals;
using Orchestrator.Storage.Resources;

namespace Orchestrator.Runtime.Operations;

public sealed class ResourceOperations(IResourceStore resources, SignalHub hub) : IResourceOperations
{
    public async Task<(ResourceRecord Resource, bool Created)> PutAsync(string name, ResourceBounds bounds, CancellationToken cancellationToken)
    {
        var answer = await resources.PutAsync(name, bounds, cancellationToken).ConfigureAwait(false);
        hub.SignalDue();
        return answer;
    }
}
