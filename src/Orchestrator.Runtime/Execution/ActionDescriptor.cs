namespace Orchestrator.Runtime.Execution;

/// <summary>An action that this process can execute.</summary>
public sealed record ActionDescriptor(string Name, IActionExecutor Executor)
{
    /// <summary>How many attempts may run at the same time in this process; null for as many as the silo has slots.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Bounds the attempts of a task below what the task allows; null for no such bound.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>The setting that says so, for whoever asks why there are no more; null for none.</summary>
    public string? MaxAttemptsSetting { get; init; }

    /// <summary>What an attempt costs at most, in the currency of the usage; null when that is not known.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>How well it does what needs a skill, above 0 and up to 1. A task that names skills goes only where all of them are declared.</summary>
    public IReadOnlyDictionary<string, double>? Skills { get; init; }

    /// <summary>The provider that its attempts use: while it is ill for a workspace, tasks of that workspace wait. Null for none.</summary>
    public string? Provider { get; init; }

    /// <summary>Why the action cannot be served now; null when it can.</summary>
    public string? UnavailableReason { get; init; }
}
