using Microsoft.Extensions.Options;
using Orchestrator.Gateway.Hosting;
using Orchestrator.Gateway.Problems;

namespace Orchestrator.Gateway.Security;

/// <summary>
/// Tells the dashboard's own pages from those of other servers on the same machine, to which browsers send the same cookies: by the port too.
/// </summary>
internal sealed class OwnPage(IOptions<GatewayOptions> options)
{
    /// <summary>Refuses a request that a page of elsewhere has made.</summary>
    /// <param name="mustSay">Whether it has to say which page has made it.</param>
    public void Require(HttpContext http, bool mustSay)
    {
        var origins = http.Request.Headers.Origin;
        if ((mustSay && origins.Count == 0) || origins.Any(origin => !IsOwn(origin, http.Request.Host)))
        {
            throw new ProblemException(new Problem(ProblemTypes.ForeignHost, "This is for the dashboard's own pages.").At("/Origin", "must be the dashboard's own."));
        }
    }

    private bool IsOwn(string? origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && (from.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase) || options.Value.Hosts?.Contains(from.Host, StringComparer.OrdinalIgnoreCase) == true);
}
