using System.Net;
using System.Net.Sockets;

namespace Orchestrator.Runtime.Webhooks;

/// <summary>Connects to where callers have pointed, and unless told otherwise only to public addresses. It looks at the address of each connection, so that a name that changes its mind gets nowhere.</summary>
public sealed class AddressGuard(IHostResolver resolver, bool allowsPrivate)
{
    /// <summary>Connects to the first address of the host that may be used and answers; the callback of an HTTP handler.</summary>
    /// <exception cref="AddressRefusedException">The host has no such address.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(context.DnsEndPoint.Host, cancellationToken).ConfigureAwait(false);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Those of the host's addresses that may be used; at least one.</summary>
    internal async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolver.ResolveAsync(host, cancellationToken).ConfigureAwait(false);
        var usable = addresses.Where(address => allowsPrivate || PublicAddress.Is(address)).ToArray();
        return usable.Length > 0 ? usable : throw new AddressRefusedException();
    }
}
