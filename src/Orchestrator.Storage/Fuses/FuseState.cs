using Orchestrator.Core.Fuses;

namespace Orchestrator.Storage.Fuses;

/// <summary>What became of a fuse that has tripped at least once.</summary>
public sealed record FuseState(Fuse Fuse)
{
    /// <summary>Since when it is tripped; null while it is closed.</summary>
    public DateTimeOffset? TrippedAt { get; init; }

    /// <summary>When it closes by itself; null when it does not.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Why it tripped last.</summary>
    public string? Reason { get; init; }

    /// <summary>How often it has tripped.</summary>
    public int Trips { get; init; }

    public DateTimeOffset? ResetAt { get; init; }
}
