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

    /// <summary>Time this attempt has, counted from its start.</summary>
    public required TimeSpan Timeout { get; init; }

    public required IAttemptReporter Reporter { get; init; }
}
