namespace Orchestrator.Storage.Resources;

/// <summary>A resource as it stands.</summary>
public sealed record ResourceRecord
{
    public required string Name { get; init; }

    public required ResourceBounds Bounds { get; init; }

    /// <summary>Tokens in the bucket, or permits that nobody holds; below zero while more are held than there are now.</summary>
    public required decimal Available { get; init; }

    /// <summary>How many tasks stand in its queue.</summary>
    public required long Waiting { get; init; }

    /// <summary>A provider asked to be left alone until then; null when none did, or the time has passed.</summary>
    public DateTimeOffset? ClosedUntil { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its bounds were last set.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
