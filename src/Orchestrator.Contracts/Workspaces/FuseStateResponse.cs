namespace Orchestrator.Contracts.Workspaces;

/// <summary>What became of a fuse.</summary>
public sealed record FuseStateResponse
{
    /// <summary><c>closed</c> or <c>tripped</c>.</summary>
    public required string State { get; init; }

    /// <summary>Since when it is tripped.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When it closes by itself; null when somebody must reset it, or it is closed.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Why it tripped last.</summary>
    public string? Reason { get; init; }

    /// <summary>How often it has tripped.</summary>
    public required int Trips { get; init; }

    /// <summary>When it was last reset, by hand or by itself.</summary>
    public DateTimeOffset? ResetAt { get; init; }

    /// <summary>Of <c>circuitBreaker</c> alone: the circuits of the providers that have failed the workspace. It is tripped while one of them is not closed.</summary>
    public IReadOnlyList<CircuitResponse>? Circuits { get; init; }
}
