namespace Orchestrator.Contracts.Leases;

/// <summary>The end of an attempt that failed.</summary>
public sealed record FailRequest
{
    /// <summary>One of the closed set of error codes, such as <c>worker_error</c>.</summary>
    public required string Code { get; init; }

    /// <summary>For a person.</summary>
    public required string Message { get; init; }

    /// <summary>Whether another attempt is worth while; as the code says if it is left out.</summary>
    public bool? Retryable { get; init; }

    /// <summary>How long to wait before the next attempt, in milliseconds; the retries' backoff if it is left out.</summary>
    public long? RetryAfterMs { get; init; }

    /// <summary>What the attempt consumed before it failed.</summary>
    public UsageRequest? Usage { get; init; }
}
