namespace Orchestrator.Contracts.Resources;

/// <summary>What there was of a resource at a moment in a bucket of time; all figures are null where nobody looked.</summary>
public sealed record ResourceLevelResponse
{
    /// <summary>The start of the bucket.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Tokens in the bucket, or permits that nobody held; below zero while more were held than there were.</summary>
    public decimal? Available { get; init; }

    /// <summary>Tokens that were missing in the bucket, or permits that were held.</summary>
    public decimal? Used { get; init; }

    /// <summary>The capacity of the bucket, or all permits, at that time.</summary>
    public int? Most { get; init; }
}
