using Orchestrator.Storage.Submissions;

namespace Orchestrator.Runtime.Runs;

/// <summary>A run that a caller asks for.</summary>
public sealed record RunRequest
{
    public required string Workspace { get; init; }

    public required string Owner { get; init; }

    public required string Name { get; init; }

    /// <summary>Null for the one published last.</summary>
    public string? Version { get; init; }

    public required ReadOnlyMemory<byte> Input { get; init; }

    public required int Priority { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IdempotencyKey? Idempotency { get; init; }
}
