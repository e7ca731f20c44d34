using System.Collections.ObjectModel;
using System.Globalization;
using Orchestrator.Core.Retries;
using Orchestrator.Core.Tasks;

namespace Orchestrator.Runtime.Execution;

/// <summary>An action as this silo runs it: what its provider offers, under the configured bounds.</summary>
/// <param name="Concurrency">How many attempts may run at the same time; at most the silo's slots.</param>
public sealed record ActionEntry(ActionDescriptor Descriptor, int Concurrency, RetryPolicy Retries)
{
    /// <summary>What an attempt costs at most, in the currency of the usage; null when that is not known.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>How well it does what needs a skill; empty when it declares none.</summary>
    public IReadOnlyDictionary<string, double> Skills { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>The provider that its attempts use; null for none.</summary>
    public string? Provider { get; init; }

    public string Name => Descriptor.Name;

    public bool IsServable => Descriptor.UnavailableReason is null;

    /// <summary>The attempts a task of this action may use, given what the task allows.</summary>
    public int CapAttempts(int maxAttempts) => Math.Min(maxAttempts, Descriptor.MaxAttempts ?? maxAttempts);

    /// <summary>The error of an attempt that is the last one; it says why it is where the task allows more.</summary>
    public TaskError Final(TaskError error, int maxAttempts) => error.Retryable && Descriptor.MaxAttempts is { } most && most < maxAttempts
        ? error.Adding(string.Create(
            CultureInfo.InvariantCulture,
            $"not tried again: {Name} allows a task {most} attempt{(most == 1 ? "" : "s")}{(Descriptor.MaxAttemptsSetting is { } setting ? $", by {setting}" : "")}"))
        : error;
}
