using System.Net;

namespace Orchestrator.Runtime.Webhooks;

/// <summary>Asks the operating system.</summary>
public sealed class DnsResolver : IHostResolver
{
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) =>
        await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
}
