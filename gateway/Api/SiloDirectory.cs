using Orchestrator.Storage.Silos;

namespace Orchestrator.Gateway.Api;

/// <summary>The silos that are there: those that reported a short while ago.</summary>
internal sealed class SiloDirectory(ISiloStore silos)
{
    /// <summary>A silo that has been silent for longer is taken for gone.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    public Task<IReadOnlyList<SiloRecord>> ListAsync(CancellationToken cancellationToken) => silos.ListAsync(Silence, cancellationToken);
}
