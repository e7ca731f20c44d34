namespace Orchestrator.Client;

/// <summary>A request that was refused, or that could not be brought to its end.</summary>
public sealed class OrchestratorException : Exception
{
    internal OrchestratorException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>The HTTP status; null when there was no answer.</summary>
    public int? Status { get; internal init; }

    /// <summary>What kind of problem, such as <c>task-not-found</c>: what stands after <c>urn:orchestrator:problem:</c>. Null when the answer was no problem of ours.</summary>
    public string? Slug { get; internal init; }

    /// <summary>The kind in words.</summary>
    public string? Title { get; internal init; }

    /// <summary>What was wrong this time, for a person.</summary>
    public string? Detail { get; internal init; }

    /// <summary>What is wrong with each offending field, by its JSON Pointer.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Errors { get; internal init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The fuse that refused it.</summary>
    public string? Fuse { get; internal init; }

    /// <summary>Finds the request in the gateway's log.</summary>
    public string? TraceId { get; internal init; }

    /// <summary>How long the answer asks to wait before the next try.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>How often the request was sent.</summary>
    public int Attempts { get; internal set; } = 1;

    /// <summary>Whether the same request may succeed later: there was no answer, or 502, 503, 504 or 429.</summary>
    public bool IsTransient => Status is null or 429 or 502 or 503 or 504;

    /// <summary>Whether it is certain that the request was not done.</summary>
    internal bool IsUndone { get; init; }
}
