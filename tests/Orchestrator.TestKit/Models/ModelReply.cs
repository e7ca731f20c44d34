namespace Orchestrator.TestKit.Models;

/// <summary>One answer of a <see cref="ModelEndpoint"/>.</summary>
/// <param name="Content">What the model says.</param>
public sealed record ModelReply(string Content)
{
    public int Status { get; init; } = 200;

    /// <summary>The body in place of an answer of the protocol.</summary>
    public string? RawBody { get; init; }

    public int? RetryAfterSeconds { get; init; }

    public static ModelReply Score(int score) => new($$"""{"priority_score": {{score}}}""");

    public static ModelReply Failure(int status, string body = "{}") => new("") { Status = status, RawBody = body };
}
