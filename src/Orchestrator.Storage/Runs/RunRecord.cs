using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Planning;

namespace Orchestrator.Storage.Runs;

/// <summary>A run as it stands.</summary>
public sealed record RunRecord
{
    public required Guid Id { get; init; }

    public required long WorkspaceKey { get; init; }

    public required string Workspace { get; init; }

    public required DefinitionName Definition { get; init; }

    public required RunState State { get; init; }

    public required int MaxParallel { get; init; }

    public required int Priority { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Null in lists.</summary>
    public ReadOnlyMemory<byte>? Input { get; init; }

    /// <summary>Null before it has been completed, and in lists.</summary>
    public ReadOnlyMemory<byte>? Output { get; init; }

    public Guid? ParentRunId { get; init; }

    /// <summary>The step of the parent that it is.</summary>
    public string? ParentStep { get; init; }

    public Guid? ReplayOf { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When the run must have ended; null for never.</summary>
    public DateTimeOffset? DeadlineAt { get; init; }
}
