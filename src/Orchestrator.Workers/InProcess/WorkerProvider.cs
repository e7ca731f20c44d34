using Orchestrator.Runtime.Execution;

namespace Orchestrator.Workers;

/// <summary>Offers the workers that were registered with the container; what it offers never changes.</summary>
internal sealed class WorkerProvider(IServiceProvider services, IEnumerable<WorkerRegistration> registrations) : IActionProvider
{
    public IReadOnlyList<ActionDescriptor> Actions { get; } = registrations
        .Select(registration => new ActionDescriptor(registration.Action, registration.CreateExecutor(services))
        {
            Concurrency = registration.Options.Concurrency,
            MaxAttempts = registration.Options.MaxAttempts,
            Provider = registration.Options.Provider,
        })
        .ToArray();

    public event Action? Changed
    {
        add { }
        remove { }
    }
}
