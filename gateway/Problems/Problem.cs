namespace Orchestrator.Gateway.Problems;

/// <summary>One problem, before it is tied to a request.</summary>
internal sealed record Problem(ProblemType Type, string? Detail = null)
{
    /// <summary>Messages by JSON Pointer.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }

    /// <summary>When it is worth trying again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The fuse that refused the request.</summary>
    public string? Fuse { get; init; }

    public Problem At(string pointer, string message) =>
        this with { Errors = new Dictionary<string, IReadOnlyList<string>> { [pointer] = [message] } };
}
