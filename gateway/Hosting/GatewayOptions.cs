using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Gateway.Hosting;

/// <summary>The HTTP server. Section <c>Gateway</c>.</summary>
internal sealed class GatewayOptions
{
    public const string Section = "Gateway";
    public const string DefaultUrl = "http://127.0.0.1:8080";
    public const int DefaultMaxConnections = 10_000;
    public const int DefaultMaxConcurrentBatches = 4;

    /// <summary>How many connections may be open at the same time; more are closed at once. Default: 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = DefaultMaxConnections;

    /// <summary>How many batches may be read and stored at the same time; more wait, and get 503 after 10 s. Default: 4.</summary>
    [Range(1, 1_000)]
    public int MaxConcurrentBatches { get; set; } = DefaultMaxConcurrentBatches;

    /// <summary>Names of hosts that the gateway is served under, beside loopback and bare addresses: those by which clients, workers, agents and browsers reach it. A request under another name, or from a page of another host, is refused. Default: none.</summary>
    public List<string>? Hosts { get; set; }
}
