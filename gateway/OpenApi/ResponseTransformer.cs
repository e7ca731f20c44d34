using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Orchestrator.Gateway.OpenApi;

/// <summary>Says in words what each status means, and keeps the one media type that bodies have.</summary>
internal sealed class ResponseTransformer : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.RequestBody?.Content?.Remove("*/*");
        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (response is OpenApiResponse plain && Describe(status) is { } description)
            {
                plain.Description = description;
            }
        }

        return Task.CompletedTask;
    }

    private static string? Describe(string status) => status switch
    {
        "200" => "Done.",
        "201" => "Created.",
        "202" => "Accepted: it is stored, and goes on.",
        "204" => "Done; there is nothing to say.",
        "400" => "The request is malformed; `errors` names every offending field.",
        "404" => "There is no such thing, or the caller may not see it.",
        "409" => "Not in the state that it is in.",
        "413" => "Too large.",
        "415" => "Not JSON in UTF-8.",
        "422" => "Well formed, but it cannot be carried out; `errors` names every offending field.",
        "429" => "Too much at the same time; `Retry-After` says when to try again.",
        "500" => "It failed inside; the log has it under `traceId`.",
        "503" => "The store is away or too much is being done; `Retry-After` says when to try again.",
        _ => null,
    };
}
