using Microsoft.Extensions.Options;
using Orchestrator.Runtime.Options;
using Orchestrator.Storage.Silos;

namespace Orchestrator.Gateway.Api;

/// <summary>The silos, and which of them are there: a silo that has been silent for as long as a lease lasts has lost its leases.</summary>
internal sealed class SiloDirectory(ISiloStore silos, IOptions<LeaseOptions> leases)
{
    /// <summary>How many lease durations after its last report a silo is still shown.</summary>
    private const int ShownForLeases = 4;

    /// <summary>The silos that can take tasks, as far as is known.</summary>
    public Task<IReadOnlyList<SiloRecord>> ListPresentAsync(CancellationToken cancellationToken) =>
        silos.ListAsync(leases.Value.Duration, cancellationToken);

    /// <summary>The same, and those that were lost a short while ago.</summary>
    public Task<IReadOnlyList<SiloRecord>> ListAsync(CancellationToken cancellationToken) =>
        silos.ListAsync(leases.Value.Duration * ShownForLeases, cancellationToken);

    public SiloState StateOf(SiloRecord silo) =>
        silo.Silence >= leases.Value.Duration ? SiloState.Lost
        : silo.Draining ? SiloState.Draining
        : SiloState.Active;
}
