using Orchestrator.Core.Fuses;

namespace Orchestrator.Storage.Circuits;

/// <summary>The circuit of a provider in one workspace.</summary>
/// <param name="LookAt">When it is looked at to wake tasks that wait for it; null when none does.</param>
public sealed record CircuitRecord(string Provider, Circuit Circuit, DateTimeOffset? LookAt)
{
    /// <summary>The task whose attempt probes the provider.</summary>
    public Guid? ProbeTask { get; init; }
}
