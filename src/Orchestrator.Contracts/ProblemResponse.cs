using System.Text.Json.Serialization;

namespace Orchestrator.Contracts;

/// <summary>Why a request was not done (RFC 9457, <c>application/problem+json</c>).</summary>
public sealed record ProblemResponse
{
    /// <summary>What kind of problem: <c>urn:orchestrator:problem:{slug}</c>. Stable; programs decide by it.</summary>
    public required string Type { get; init; }

    /// <summary>The kind in words; the same for every problem of the type.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What is wrong this time, for a person.</summary>
    public string? Detail { get; init; }

    /// <summary>The path of the request.</summary>
    public string? Instance { get; init; }

    /// <summary>
    /// Every offending field at once: a JSON Pointer into the body (<c>/tasks/17/timeoutMs</c>; the empty pointer is the
    /// whole body), or <c>/</c> and the name of a path parameter, query parameter or header.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }

    /// <summary>The fuse that refused it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Fuse { get; init; }

    /// <summary>Finds the request in logs and traces.</summary>
    public required string TraceId { get; init; }
}
