using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Orchestrator.Runtime.Options;

namespace Orchestrator.Runtime.Webhooks;

/// <summary>
/// Decides where requests of webhooks may go. It is asked when a webhook is created, and again for every connection, with
/// the addresses that the name has then: a name that changes its mind in between gets nowhere.
/// </summary>
public sealed class WebhookTargets(IHostResolver resolver, IOptions<WebhookOptions> options, TimeProvider timeProvider)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly bool _allowsPrivate = options.Value.AllowPrivateAddresses;

    /// <summary>
    /// Why no webhook may point there, or null. A name that cannot be resolved now is let pass: each connection asks again.
    /// </summary>
    public async Task<string?> FindObjectionAsync(Uri url, CancellationToken cancellationToken)
    {
        if (_allowsPrivate)
        {
            return null;
        }

        using var limit = new CancellationTokenSource(Patience, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            _ = await ResolveAsync(url.DnsSafeHost, linked.Token).ConfigureAwait(false);
            return null;
        }
        catch (AddressRefusedException)
        {
            return "leads to a private, local or reserved address, and Webhooks:AllowPrivateAddresses is not set.";
        }
        catch (ArgumentException)
        {
            return "has a host that no name service can look up.";
        }
        catch (SocketException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Connects to the first address of the host that may be used and answers.</summary>
    internal async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
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

    /// <summary>Those of the host's addresses that may be used.</summary>
    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolver.ResolveAsync(host, cancellationToken).ConfigureAwait(false);
        var usable = addresses.Where(address => _allowsPrivate || PublicAddress.Is(address)).ToArray();
        return usable.Length > 0 ? usable : throw new AddressRefusedException();
    }
}
