using Orchestrator.Hosting;
using Orchestrator.Hosting.Configuration;
using Orchestrator.Hosting.Programs;

namespace Orchestrator.Gateway.Hosting;

/// <summary>Without keys the gateway lets in whoever reaches it, so it listens where only this machine does.</summary>
internal static class BindingRule
{
    public static void Check(OrchestratorSetup setup, IConfiguration configuration, GatewayOptions options)
    {
        foreach (var url in ListenAddresses.Configured(configuration))
        {
            if (Judge(url, options) is { } mistake)
            {
                setup.AddMistake(mistake);
            }
        }
    }

    private static ConfigurationMistake? Judge(string url, GatewayOptions options) => ListenAddresses.IsLocal(url) switch
    {
        null => new($"--urls {url}", "is no address.", $"Write one such as {GatewayOptions.DefaultUrl}."),
        false when !options.AllowAnonymousRemote => new(
            $"--urls {url}",
            "would let everybody who can reach this machine in, because no keys are configured.",
            $"Listen on a loopback address such as {GatewayOptions.DefaultUrl} and put a proxy that checks callers in front, or set {GatewayOptions.Section}:{nameof(GatewayOptions.AllowAnonymousRemote)} to true if the network itself keeps strangers out."),
        _ => null,
    };
}
