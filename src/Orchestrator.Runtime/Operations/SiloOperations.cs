using Orchestrator.Runtime.Signals;
using Orchestrator.Storage.Silos;

namespace Orchestrator.Runtime.Operations;

public sealed class SiloOperations(ISiloStore silos, SignalHub hub) : ISiloOperations
{
    public async Task<bool> RequestDrainAsync(Guid siloId, CancellationToken cancellationToken)
    {
        var exists = await silos.RequestDrainAsync(siloId, cancellationToken).ConfigureAwait(false);
        if (exists)
        {
            hub.SignalDrainRequested();
        }

        return exists;
    }
}
