namespace Orchestrator.Contracts.Resources;

/// <summary>What a resource gives: a bucket of tokens, or permits.</summary>
public sealed record PutResourceRequest
{
    /// <summary>Of a bucket: the most tokens that it holds, from 1 to 1,000,000,000.</summary>
    public int? Capacity { get; init; }

    /// <summary>Of a bucket: tokens that come in during a second, from 0.000001 to 1,000,000,000; kept to the millionth, rounded down.</summary>
    public decimal? RefillPerSecond { get; init; }

    /// <summary>Of a semaphore: how many can be held at the same time, from 1 to 1,000,000.</summary>
    public int? Permits { get; init; }
}
