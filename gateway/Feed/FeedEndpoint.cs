using Microsoft.Extensions.Options;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Security;
using Orchestrator.Runtime.Options;
using Orchestrator.Telemetry;

namespace Orchestrator.Gateway.Feed;

/// <summary>Serves the live feed over WebSocket.</summary>
internal static class FeedEndpoint
{
    public const string Path = "/observability/ws";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    public static void MapLiveFeed(this IEndpointRouteBuilder routes) => routes
        .MapMethods(Path, [HttpMethods.Get, HttpMethods.Connect], (Delegate)ServeAsync)
        .AddEndpointFilter<HostGuard>()
        .AddEndpointFilter<CallerFilter>()
        .AddEndpointFilter<ScopeFilter>()
        .ExcludeFromDescription();

    private static async Task<IResult> ServeAsync(
        HttpContext http, LiveFeed feed, IOptions<FeedOptions> options, TimeProvider timeProvider, FeedInstruments instruments, IHostApplicationLifetime lifetime)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.Headers.Upgrade = "websocket";
            throw new ProblemException(new Problem(ProblemTypes.UpgradeRequired, "Connect with a client of WebSocket."));
        }

        if (!feed.HasRoom)
        {
            throw Crowded(options.Value);
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            KeepAliveInterval = options.Value.PingInterval,
            KeepAliveTimeout = options.Value.SendTimeout,
        });
        using var client = new FeedClient(
            socket, new FeedQueue(http.Caller(), new FeedAllowance(options.Value.MessagesPerSecond, timeProvider), options.Value.MaxQueued), options.Value, timeProvider, instruments);
        using var membership = feed.Join(client);
        if (membership is null)
        {
            client.TurnAway();
        }

        await client.RunAsync(lifetime.ApplicationStopping);
        return TypedResults.Empty;
    }

    private static ProblemException Crowded(FeedOptions options) =>
        new(new Problem(ProblemTypes.Overloaded, $"{options.MaxClients} clients look on at this gateway.") { RetryAfter = RetryAfter });
}
