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
    private readonly AddressGuard _guard = new(resolver, options.Value.AllowPrivateAddresses);

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
            _ = await _guard.ResolveAsync(url.DnsSafeHost, linked.Token).ConfigureAwait(false);
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

    internal ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        _guard.ConnectAsync(context, cancellationToken);
}
