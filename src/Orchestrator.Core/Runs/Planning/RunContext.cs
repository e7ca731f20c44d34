using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>What a plan depends on besides the definition, the state and the events.</summary>
public sealed record RunContext
{
    public required Guid RunId { get; init; }

    public required string Workspace { get; init; }

    public required ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>How many tasks and sub-runs may be under way at once.</summary>
    public required int MaxParallel { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>When the run must have ended; null for never.</summary>
    public DateTimeOffset? DeadlineAt { get; init; }

    /// <summary>How many tasks and sub-runs this plan may start. See <see cref="RunPlan.LeavesWork"/>.</summary>
    public int MaxStarts { get; init; } = RunLimits.MaxStartsAtOnce;

    /// <summary>Once its starts have inputs of so many bytes it starts nothing more.</summary>
    public long MaxStartBytes { get; init; } = RunLimits.MaxStartBytesAtOnce;

    /// <summary>The outputs that are at hand, by the names under which they are kept.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Outputs { get; init; } = new Dictionary<string, ReadOnlyMemory<byte>>();
}
