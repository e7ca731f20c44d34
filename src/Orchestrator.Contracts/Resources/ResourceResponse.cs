namespace Orchestrator.Contracts.Resources;

/// <summary>A resource that the whole cluster shares: a bucket of tokens, or a semaphore.</summary>
public sealed record ResourceResponse
{
    public required string Name { get; init; }

    /// <summary>Of a bucket: the most tokens that it holds.</summary>
    public int? Capacity { get; init; }

    /// <summary>Of a bucket: tokens that come in during a second.</summary>
    public decimal? RefillPerSecond { get; init; }

    /// <summary>Of a semaphore: how many can be held at the same time.</summary>
    public int? Permits { get; init; }

    /// <summary>Tokens in the bucket, or permits that nobody holds; below zero while more are held than there are by now.</summary>
    public required decimal Available { get; init; }

    /// <summary>How many tasks wait for it.</summary>
    public required long Waiting { get; init; }

    /// <summary>A provider asked to be left alone until then; null when none did.</summary>
    public DateTimeOffset? ClosedUntil { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last set.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
