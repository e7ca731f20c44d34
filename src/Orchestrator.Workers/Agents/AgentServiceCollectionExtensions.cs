using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Webhooks;
using Orchestrator.Workers.Agents.Mcp;
using Orchestrator.Workers.Providers;

namespace Orchestrator.Workers.Agents;

/// <summary>Registers what runs agents.</summary>
public static class AgentServiceCollectionExtensions
{
    /// <summary>Has the silo of this process offer the agents that are defined. <see cref="ModelRouter"/> and what stands behind it are to be registered as well.</summary>
    public static IServiceCollection AddAgents(this IServiceCollection services)
    {
        services.AddOptions();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IHostResolver, DnsResolver>();
        services.TryAddSingleton<IAgentModels, RouterModels>();
        services.TryAddSingleton<McpTransports>();
        services.TryAddSingleton<AgentChoice>();
        services.TryAddSingleton<AgentExecutor>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IActionProvider, AgentProvider>());
        return services;
    }
}
