using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>A task or a sub-run to start: one of <see cref="Action"/> and <see cref="Run"/> is set.</summary>
public sealed record WorkRequest
{
    public string? Action { get; init; }

    /// <summary>What people call the task; null for nothing.</summary>
    public string? Name { get; init; }

    public DefinitionName? Run { get; init; }

    /// <summary>JSON in UTF-8.</summary>
    public required ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>Null for the default of tasks.</summary>
    public int? MaxAttempts { get; init; }

    public int? TimeoutMs { get; init; }

    /// <summary>How long to wait before it may begin.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Null for that of the run.</summary>
    public int? Priority { get; init; }

    public IReadOnlyList<string> Skills { get; init; } = [];

    public IReadOnlyDictionary<string, int> Resources { get; init; } = new Dictionary<string, int>();

    /// <summary>Whether an output of the same action and input that is at most so old may stand for it; null for no.</summary>
    public int? CacheSeconds { get; init; }
}
