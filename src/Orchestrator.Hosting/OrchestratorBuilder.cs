using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Workers;

namespace Orchestrator.Hosting;

/// <summary>Goes on from <see cref="OrchestratorServiceCollectionExtensions.AddOrchestrator"/>.</summary>
public sealed class OrchestratorBuilder
{
    internal OrchestratorBuilder(IServiceCollection services, OrchestratorSetup setup)
    {
        Services = services;
        Setup = setup;
    }

    public IServiceCollection Services { get; }

    /// <summary>The settings in force.</summary>
    public OrchestratorSetup Setup { get; }

    /// <summary>Has <typeparamref name="TWorker"/> execute <paramref name="action"/> wherever this process is a silo.</summary>
    /// <typeparam name="TWorker">Implements <see cref="IWorker{TIn,TOut}"/> exactly once.</typeparam>
    public OrchestratorBuilder AddWorker<TWorker>(string action, Action<WorkerRegistrationOptions>? configure = null)
        where TWorker : class
    {
        Services.AddWorker<TWorker>(action, configure);
        return this;
    }

    /// <summary>Adds <c>generation.summary</c> and <c>generation.simulated</c>.</summary>
    public OrchestratorBuilder AddSampleWorkers()
    {
        Services.AddSampleWorkers();
        return this;
    }

    /// <summary>Adds <c>generation.text</c>, <c>generation.json</c> and <c>embeddings</c>; which models do the work is a setting.</summary>
    public OrchestratorBuilder AddGenerationWorkers()
    {
        Services.AddGenerationWorkers();
        return this;
    }
}
