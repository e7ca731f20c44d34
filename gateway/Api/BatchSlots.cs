using Microsoft.Extensions.Options;
using Orchestrator.Gateway.Hosting;

namespace Orchestrator.Gateway.Api;

/// <summary>The places of <see cref="BatchGate"/>, one set a process.</summary>
internal sealed class BatchSlots(IOptions<GatewayOptions> options) : IDisposable
{
    public SemaphoreSlim Semaphore { get; } = new(options.Value.MaxConcurrentBatches);

    public void Dispose() => Semaphore.Dispose();
}
