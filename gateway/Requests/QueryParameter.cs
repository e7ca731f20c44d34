namespace Orchestrator.Gateway.Requests;

/// <summary>A query parameter that an endpoint takes; what it does not declare is refused.</summary>
/// <param name="Name">As it is written in the URL.</param>
/// <param name="Description">For the OpenAPI document.</param>
internal sealed record QueryParameter(string Name, string Description)
{
    /// <summary>The JSON type in the OpenAPI document: <c>string</c>, <c>integer</c> or <c>boolean</c>.</summary>
    public string Type { get; init; } = "string";

    /// <summary>The format in the OpenAPI document, if it has one.</summary>
    public string? Format { get; init; }

    public int? Minimum { get; init; }
    public int? Maximum { get; init; }
    public IReadOnlyList<string>? Values { get; init; }
}
