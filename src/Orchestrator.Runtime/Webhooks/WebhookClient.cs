using Microsoft.Extensions.DependencyInjection;

namespace Orchestrator.Runtime.Webhooks;

/// <summary>The HTTP client of webhooks: straight to the receiver, nowhere it was redirected to, and silent about what it sends.</summary>
internal static class WebhookClient
{
    private static readonly TimeSpan LongestConnection = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan IdleConnection = TimeSpan.FromSeconds(30);

    public static IServiceCollection AddWebhookClient(this IServiceCollection services)
    {
        services.AddHttpClient(WebhookSender.ClientName)
            .ConfigureHttpClient(static client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(static provider => new SocketsHttpHandler
            {
                ConnectCallback = provider.GetRequiredService<WebhookTargets>().ConnectAsync,
                AllowAutoRedirect = false,
                UseCookies = false,

                // A proxy would look up the name by itself, out of reach of what is checked here.
                UseProxy = false,
                ActivityHeadersPropagator = null,
                MaxResponseHeadersLength = 16,
                PooledConnectionLifetime = LongestConnection,
                PooledConnectionIdleTimeout = IdleConnection,
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)

            // Its log would hold URLs, which may carry keys.
            .RemoveAllLoggers();
        return services;
    }
}
