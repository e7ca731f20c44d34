namespace Orchestrator.Gateway.Feed;

internal static class FeedExtensions
{
    /// <summary>Registers the live feed.</summary>
    public static void AddLiveFeed(this IServiceCollection services)
    {
        services.AddSingleton<FeedReader>();
        services.AddSingleton<WorkspaceFeedReader>();
        services.AddSingleton<LiveFeed>();
        services.AddHostedService(static provider => provider.GetRequiredService<LiveFeed>());
    }
}
