using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Planning;

namespace Orchestrator.Storage.Relational;

/// <summary>A run as its row has it.</summary>
internal sealed record RunRow
{
    public required Guid Id { get; init; }

    public required long WorkspaceKey { get; init; }

    public required string Workspace { get; init; }

    public required long DefinitionKey { get; init; }

    public required DefinitionName Definition { get; init; }

    /// <summary>The first run of its tree, whose row is the lock of them all.</summary>
    public required Guid RootId { get; init; }

    public Guid? ParentId { get; init; }

    /// <summary>Which piece of work of its parent it is, as in <see cref="WorkKey"/>.</summary>
    public string? ParentWork { get; init; }

    /// <summary>How many runs stand above it.</summary>
    public int Depth { get; init; }

    public required RunState State { get; init; }

    /// <summary>Why the row cannot be read; <see cref="State"/> then says only whether the run has ended.</summary>
    public BrokenRunException? Fault { get; init; }

    public required int MaxParallel { get; init; }

    /// <summary>What its sub-runs get whose definition does not say.</summary>
    public required int DefaultMaxParallel { get; init; }

    public required int Priority { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Null in lists.</summary>
    public ReadOnlyMemory<byte>? Input { get; init; }

    public ReadOnlyMemory<byte>? Output { get; init; }

    public Guid? ReplayOf { get; init; }

    /// <summary>The span that it was started in; null where nobody looked.</summary>
    public string? TraceParent { get; init; }

    public int EventSeq { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its first steps begin; null once they have.</summary>
    public DateTimeOffset? BeginsAt { get; init; }

    public DateTimeOffset? DeadlineAt { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Whether tasks of it may be live that it has no use for any more.</summary>
    public bool Abandons { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public bool IsRoot => ParentId is null;

    /// <summary>When a run that begins then must have ended: in whole milliseconds, as plans reckon.</summary>
    public static DateTimeOffset? DeadlineOf(DateTimeOffset beginsAt, long? timeoutMs) =>
        timeoutMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(beginsAt.ToUnixTimeMilliseconds() + ms) : null;
}
