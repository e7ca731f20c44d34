using System.Net;
using Microsoft.Extensions.Options;
using Orchestrator.Gateway.Hosting;
using Orchestrator.Gateway.Problems;

namespace Orchestrator.Gateway.Security;

/// <summary>
/// Keeps pages of elsewhere out, in the browser of somebody who reaches this gateway: a page can have its own name point to this address, and
/// can send what needs no answer, but it cannot change what the browser says in <c>Host</c> and <c>Origin</c>.
/// </summary>
internal sealed class HostGuard(IOptions<GatewayOptions> options) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (!IsHost(request.Host.Host))
        {
            throw Refuse("/Host", request.Host.Host);
        }

        foreach (var origin in request.Headers.Origin)
        {
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var from) || !(IsSame(from, request.Host) || IsOrigin(from.Host)))
            {
                throw Refuse("/Origin", origin ?? "");
            }
        }

        return next(context);
    }

    // The host is known to be ours by then.
    private static bool IsSame(Uri origin, HostString host) => origin.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase);

    // A name can be made to point anywhere by who owns it; an address cannot.
    private bool IsHost(string host) => IsOrigin(host) || IPAddress.TryParse(host.Trim('[', ']'), out _);

    private bool IsOrigin(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address))
        || options.Value.Hosts?.Contains(host, StringComparer.OrdinalIgnoreCase) == true;

    private static ProblemException Refuse(string field, string value) =>
        new(new Problem(ProblemTypes.ForeignHost, $"'{value}' is not among the hosts that are served here; {GatewayOptions.Section}:{nameof(GatewayOptions.Hosts)} lists them.")
            .At(field, "must be a loopback host, or one that is configured."));
}
