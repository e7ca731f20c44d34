using Orchestrator.Core.Naming;
using Orchestrator.Runtime.Execution;

namespace Orchestrator.Workers;

/// <summary>One action that this process executes itself.</summary>
public sealed class WorkerRegistration
{
    /// <exception cref="ArgumentException">The action's name, or something in the options, is not allowed.</exception>
    public WorkerRegistration(string action, Func<IServiceProvider, IActionExecutor> createExecutor, WorkerRegistrationOptions options)
    {
        if (!ResourceName.IsValid(action))
        {
            throw new ArgumentException($"'{action}' is not the name of an action; it must match {ResourceName.Pattern}.", nameof(action));
        }

        if (options.Concurrency < 1 || options.MaxAttempts < 1)
        {
            throw new ArgumentException($"{nameof(options.Concurrency)} and {nameof(options.MaxAttempts)} of '{action}' must be at least 1, or null.", nameof(options));
        }

        if (options.Provider is { } provider && !ResourceName.IsValid(provider))
        {
            throw new ArgumentException($"'{provider}' is not the name of a provider; it must match {ResourceName.Pattern}.", nameof(options));
        }

        Action = action;
        CreateExecutor = createExecutor;
        Options = options;
    }

    public string Action { get; }

    public Func<IServiceProvider, IActionExecutor> CreateExecutor { get; }

    public WorkerRegistrationOptions Options { get; }
}
