using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Runs;

/// <summary>A run to start, checked and complete.</summary>
public sealed record NewRun
{
    /// <summary>A UUIDv7.</summary>
    public required Guid Id { get; init; }

    public required string Workspace { get; init; }

    public required long DefinitionKey { get; init; }

    public required ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>How many tasks and sub-runs may be under way at once, where the definition does not say.</summary>
    public required int DefaultMaxParallel { get; init; }

    /// <summary>The priority hint of tasks whose step says none.</summary>
    public required int Priority { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IdempotencyKey? Idempotency { get; init; }

    /// <summary>The run that this one repeats from <see cref="ReplayFrom"/> on; of the same workspace and definition.</summary>
    public Guid? ReplayOf { get; init; }

    public string? ReplayFrom { get; init; }

    /// <summary>The span that it is started in, as W3C writes it; its steps follow it. Null where nobody looks.</summary>
    public string? TraceParent { get; init; }
}
