using System.Net;

namespace Orchestrator.Runtime.Webhooks;

/// <summary>Turns names of hosts into addresses; injected, so that a test can answer for the network.</summary>
public interface IHostResolver
{
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken);
}
