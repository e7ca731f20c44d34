using Orchestrator.Runtime.Delegation;
using Orchestrator.Runtime.Steering;

namespace Orchestrator.Runtime.Execution;

/// <summary>What an executor knows of the attempt it runs.</summary>
public sealed record AttemptContext
{
    public required Guid TaskId { get; init; }
    public required string Workspace { get; init; }
    public required string Action { get; init; }

    /// <summary>From 1.</summary>
    public required int Attempt { get; init; }
    public required int MaxAttempts { get; init; }

    /// <summary>JSON in UTF-8.</summary>
    public required ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>The skills that the task names.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>How often the task has waited for children or people before; above 0 the attempt goes on where the one before waited.</summary>
    public int Continuation { get; init; }

    /// <summary>What was noted in earlier attempts of the task, as JSON in UTF-8; null when nothing.</summary>
    public ReadOnlyMemory<byte>? Checkpoint { get; init; }

    /// <summary>Time this attempt has, counted from its start.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>What the budget of its workspace has reserved for this attempt, in the currency of the usage; null without a budget.</summary>
    public decimal? Reserved { get; init; }

    public required IAttemptReporter Reporter { get; init; }

    /// <summary>Has other tasks do a part of the work.</summary>
    public IDelegation Delegation { get; init; } = NoDelegation.Instance;

    /// <summary>Notes what is done step by step, and hears what people say meanwhile.</summary>
    public IAttemptJournal Journal { get; init; } = NoJournal.Instance;
}
