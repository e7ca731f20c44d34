using Orchestrator.Hosting;
using Orchestrator.Hosting.Configuration;
using Orchestrator.Hosting.Programs;

namespace Orchestrator.Gateway.Hosting;

/// <summary>Tells addresses that are none before the server trips over them.</summary>
internal static class BindingRule
{
    public static void Check(OrchestratorSetup setup, IConfiguration configuration)
    {
        foreach (var url in ListenAddresses.Configured(configuration).Where(static url => ListenAddresses.IsLocal(url) is null))
        {
            setup.AddMistake(new ConfigurationMistake($"--urls {url}", "is no address.", $"Write one such as {GatewayOptions.DefaultUrl}."));
        }
    }
}
