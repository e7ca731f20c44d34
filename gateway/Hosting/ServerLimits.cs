using Microsoft.AspNetCore.Server.Kestrel.Core;
using Orchestrator.Gateway.Requests;

namespace Orchestrator.Gateway.Hosting;

/// <summary>Every limit of the server, so that none is left to a default that may change.</summary>
internal static class ServerLimits
{
    public static void Apply(KestrelServerOptions server, GatewayOptions options)
    {
        server.AddServerHeader = false;

        var limits = server.Limits;
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.MaxConcurrentUpgradedConnections = options.MaxConnections;

        // Endpoints that take more say so themselves.
        limits.MaxRequestBodySize = BodyLimit.Small;
        limits.MaxRequestLineSize = 8 * 1024;
        limits.MaxRequestHeaderCount = 100;
        limits.MaxRequestHeadersTotalSize = 32 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);

        // Who sends or takes slower than this, past the grace, is cut off; it holds memory and a connection.
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(10));
        limits.MaxRequestBufferSize = 1024 * 1024;
        limits.MaxResponseBufferSize = 64 * 1024;
        limits.Http2.MaxStreamsPerConnection = 100;
    }
}
