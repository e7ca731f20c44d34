using Orchestrator.Gateway.Requests;

namespace Orchestrator.Gateway.Security;

internal static class SecurityExtensions
{
    /// <summary>Registers what tells who calls.</summary>
    public static void AddKeys(this IServiceCollection services)
    {
        services.AddSingleton<KeyDirectory>();
        services.AddSingleton<KeyPolicy>();
        services.AddSingleton<OwnPage>();
        services.AddSingleton<KeyReader>();
        services.AddSingleton<ICallerResolver, KeyCallerResolver>();
        services.AddHostedService<KeyService>();
    }
}
