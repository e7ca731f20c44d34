using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orchestrator.Hosting.Configuration;
using Orchestrator.Hosting.Metrics;
using Orchestrator.Runtime.Hosting;
using Orchestrator.Runtime.Observing;
using Orchestrator.Runtime.Priorities;
using Orchestrator.Runtime.Runs;
using Orchestrator.Telemetry;
using Orchestrator.Workers;
using Orchestrator.Workers.Agents;
using Orchestrator.Workers.Providers;
using Orchestrator.Workers.Validators;

namespace Orchestrator.Hosting;

public static class OrchestratorServiceCollectionExtensions
{
    /// <summary>
    /// Makes this host a part of an Orchestrator: it submits, watches and steers tasks, and executes them where it is a silo
    /// (by default on SQLite). Several processes on one PostgreSQL are one system; on SQLite there is one process.
    /// </summary>
    /// <param name="configuration">Where the settings are read; <c>docs/configuration.md</c> lists them.</param>
    /// <param name="configure">Settings in code; they override the configuration.</param>
    /// <exception cref="ConfigurationException">Names every mistake in the settings, each with its fix.</exception>
    public static OrchestratorBuilder AddOrchestrator(
        this IServiceCollection services, IConfiguration configuration, Action<OrchestratorSetup>? configure = null)
    {
        var setup = new OrchestratorSetup(configuration, ContentRoot(services));
        configure?.Invoke(setup);
        setup.Check();

        services.AddSettings(setup);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(setup.Store);
        services.AddSingleton(provider => StoreOpener.Open(
            setup.Store,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IInputSchemaReader>(),
            provider.GetRequiredService<IOptions<ActionsOptions>>().Value));
        services.AddModels(setup);
        services.TryAddSingleton<IInputSchemaReader, InputSchemaReader>();
        services.AddOrchestratorClientSide();
        services.AddMetrics();
        services.AddFigures(setup);
        if (setup.HostsSilo)
        {
            // The pool is added first: what is added first stops last, and attempts use the pool until they have ended.
            if (setup.Pool.Workers.Count > 0)
            {
                services.AddProcessPool(setup.Pool);
            }

            services.AddAgents();
            services.AddOrchestratorSilo(setup.IsDedicatedSilo);
        }

        return new OrchestratorBuilder(services, setup);
    }

    /// <summary>The figures of this process, and of the cluster where it is not a silo alone: one kind of process answers for all.</summary>
    private static void AddFigures(this IServiceCollection services, OrchestratorSetup setup)
    {
        if (!setup.IsDedicatedSilo)
        {
            services.TryAddSingleton<ClusterInstruments>();
            services.TryAddSingleton<ClusterReader>();
        }

        services.TryAddSingleton<PoolInstruments>();
        services.TryAddSingleton<ModelInstruments>();
        services.TryAddSingleton(static provider =>
        {
            var metrics = ActivatorUtilities.CreateInstance<ProcessMetrics>(provider);

            // Every process shows their families, also one that has no pool and has not called a model yet. Made after what listens to
            // them, so that their counters begin at 0.
            provider.GetRequiredService<PoolInstruments>();
            provider.GetRequiredService<ModelInstruments>();
            return metrics;
        });
    }

    private static void AddSettings(this IServiceCollection services, OrchestratorSetup setup)
    {
        services.AddSingleton(setup);
        services.AddSettings(Options.DefaultName, setup.Silo);
        services.AddSettings(Options.DefaultName, setup.Polling);
        services.AddSettings(Options.DefaultName, setup.Leases);
        services.AddSettings(Options.DefaultName, setup.Retries);
        services.AddSettings(Options.DefaultName, setup.Retention);
        services.AddSettings(Options.DefaultName, setup.Timeline);
        services.AddSettings(Options.DefaultName, setup.Webhooks);
        services.AddSettings(Options.DefaultName, setup.Feed);
        services.AddSettings(Options.DefaultName, setup.Priorities);
        services.AddSettings(Options.DefaultName, setup.Generation);
        services.AddSettings(Options.DefaultName, setup.Agents);
        services.AddSettings(Options.DefaultName, setup.Runs);
        services.AddSingleton(Options.Create(setup.Actions));
        foreach (var (action, options) in setup.Actions)
        {
            services.AddSettings(action, options);
        }

        foreach (var section in setup.OwnSections)
        {
            section(services);
        }
    }

    private static void AddModels(this IServiceCollection services, OrchestratorSetup setup)
    {
        services.TryAddSingleton(setup.ListProviders());
        services.TryAddSingleton(provider => new ProviderClients(
            setup.Generation.ToLimits(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ModelInstruments>()));
        services.TryAddSingleton<ModelRouter>();
        if (Find(setup.Priorities.Model) is not { } chat)
        {
            return;
        }

        services.TryAddSingleton(provider =>
        {
            var clients = provider.GetRequiredService<ProviderClients>();
            return new ScoringModels(
                clients.Chat(chat.Provider, chat.Model),
                Find(setup.Priorities.EmbeddingModel) is { } embedding ? clients.Embedding(embedding.Provider, embedding.Model) : null);
        });

        (Provider Provider, string Model)? Find(string? text) =>
            text is { Length: > 0 } && ModelName.Parse(text) is { } name && setup.FindProvider(name.Provider) is { } provider ? (provider, name.Model) : null;
    }

    internal static void AddSettings<T>(this IServiceCollection services, string name, T settings)
        where T : class =>
        services.AddOptions<T>(name).Configure(options => SectionReader.Copy(settings, options));

    private static string ContentRoot(IServiceCollection services) =>
        services.LastOrDefault(service => service.ServiceType == typeof(IHostEnvironment))?.ImplementationInstance is IHostEnvironment host
            ? host.ContentRootPath
            : Directory.GetCurrentDirectory();
}
