using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Telemetry;
using Orchestrator.Workers.Generation;
using Orchestrator.Workers.Pool;
using Orchestrator.Workers.Providers;
using Orchestrator.Workers.Simulation;
using Orchestrator.Workers.Summaries;
using Orchestrator.Workers.Validators;

namespace Orchestrator.Workers;

/// <summary>Registers what executes tasks in this process.</summary>
public static class WorkersServiceCollectionExtensions
{
    /// <summary>Has <typeparamref name="TWorker"/> execute <paramref name="action"/>. The worker is scoped unless it is already registered otherwise.</summary>
    /// <typeparam name="TWorker">Implements <see cref="IWorker{TIn,TOut}"/> exactly once.</typeparam>
    /// <exception cref="ArgumentException">The type implements no <see cref="IWorker{TIn,TOut}"/>, or several; or the name is not an action's.</exception>
    /// <exception cref="InvalidOperationException">The action has a worker already.</exception>
    public static IServiceCollection AddWorker<TWorker>(
        this IServiceCollection services,
        string action,
        Action<WorkerRegistrationOptions>? configure = null)
        where TWorker : class
    {
        var (input, output) = WorkerTypes.Of(typeof(TWorker));
        var executor = typeof(WorkerExecutor<,>).MakeGenericType(input, output);
        var options = new WorkerRegistrationOptions();
        configure?.Invoke(options);

        services.TryAddScoped<TWorker>();
        return services.AddExecutor(
            action,
            provider => (IActionExecutor)ActivatorUtilities.CreateInstance(provider, executor, typeof(TWorker), options.Json ?? WorkerJson.Options),
            options);
    }

    /// <summary>Has an executor of one's own execute <paramref name="action"/>: for what needs the bytes of input and result as they are.</summary>
    /// <exception cref="ArgumentException">The name is not an action's.</exception>
    /// <exception cref="InvalidOperationException">The action has a worker already.</exception>
    public static IServiceCollection AddExecutor(
        this IServiceCollection services,
        string action,
        Func<IServiceProvider, IActionExecutor> createExecutor,
        WorkerRegistrationOptions? options = null)
    {
        var registration = new WorkerRegistration(action, createExecutor, options ?? new WorkerRegistrationOptions());
        if (services.Any(service => service.ImplementationInstance is WorkerRegistration other && other.Action == action))
        {
            throw new InvalidOperationException($"The action '{action}' has a worker already; an action has one.");
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddSingleton(registration);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IActionProvider, WorkerProvider>());
        return services;
    }

    /// <summary>Adds what needs no model: <c>generation.summary</c> (extractive), <c>generation.simulated</c> and <c>validators.runtime</c>.</summary>
    public static IServiceCollection AddSampleWorkers(this IServiceCollection services)
    {
        services.TryAddSingleton<IRandomSource, SystemRandomSource>();
        return services
            .AddWorker<SummaryWorker>(SummaryWorker.Action, options => options.Concurrency = Environment.ProcessorCount)
            .AddExecutor(SimulatedExecutor.Action, provider => new SimulatedExecutor(
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<IRandomSource>().NextDouble))
            .AddExecutor(ValidatorExecutor.Action, _ => new ValidatorExecutor(), new WorkerRegistrationOptions { Concurrency = Environment.ProcessorCount });
    }

    /// <summary>
    /// Adds <c>generation.text</c>, <c>generation.json</c> and <c>embeddings</c>. The container must have <see cref="GenerationOptions"/>,
    /// a <see cref="ProviderDirectory"/> and a <see cref="ModelRouter"/>.
    /// </summary>
    public static IServiceCollection AddGenerationWorkers(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IActionProvider, GenerationProvider>());
        return services;
    }

    /// <summary>
    /// Adds long-lived worker processes. They start with the host and stop after everything that may still use them has stopped.
    /// </summary>
    /// <exception cref="ArgumentException">The options have mistakes; the message lists all of them.</exception>
    public static IServiceCollection AddProcessPool(this IServiceCollection services, ProcessPoolOptions options)
    {
        var mistakes = options.Validate();
        if (mistakes.Count > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, mistakes), nameof(options));
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        services.TryAddSingleton<OrchestratorMeter>();
        services.TryAddSingleton<LeaseInstruments>();
        services.TryAddSingleton<PoolInstruments>();
        services.AddSingleton(options);
        services.TryAddSingleton(provider => new ProcessPoolProvider(
            provider.GetServices<ProcessPoolOptions>(),
            PoolTimings.Default,
            provider.GetRequiredService<PoolInstruments>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddHostedService<ProcessPoolService>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IActionProvider, ProcessPoolProvider>(
            provider => provider.GetRequiredService<ProcessPoolProvider>()));
        return services;
    }
}
