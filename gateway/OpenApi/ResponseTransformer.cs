using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Orchestrator.Contracts.Runs;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Gateway.Api;

namespace Orchestrator.Gateway.OpenApi;

/// <summary>Says in words what each status means, and keeps the one media type that bodies have.</summary>
internal sealed class ResponseTransformer : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.RequestBody?.Content?.Remove("*/*");
        operation.Responses ??= [];
        AlsoExpired(operation.Responses, context);
        Sort(operation.Responses);
        foreach (var (status, response) in operation.Responses)
        {
            if (response.Content?.TryGetValue(EventStream.MediaType, out var stream) == true)
            {
                stream.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Server-sent events." };
            }

            if (response is OpenApiResponse plain && Describe(status) is { } description)
            {
                plain.Description = description;
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>A submission's 200 is the task or run, or what is left of it when its key is older than its retention.</summary>
    private static void AlsoExpired(OpenApiResponses responses, OpenApiOperationTransformerContext context)
    {
        var produced = context.Description.ActionDescriptor.EndpointMetadata.OfType<IProducesResponseTypeMetadata>().Select(static one => one.Type).ToHashSet();
        if (produced.Contains(typeof(ExpiredTaskResponse)) && responses["200"].Content?["application/json"] is { } content)
        {
            content.Schema = new OpenApiSchema
            {
                OneOf =
                [
                    new OpenApiSchemaReference(produced.Contains(typeof(RunResponse)) ? nameof(RunResponse) : nameof(TaskResponse), context.Document),
                    new OpenApiSchemaReference(nameof(ExpiredTaskResponse), context.Document),
                ],
            };
        }
    }

    private static void Sort(OpenApiResponses responses)
    {
        var sorted = responses.OrderBy(response => response.Key, StringComparer.Ordinal).ToList();
        responses.Clear();
        foreach (var (status, response) in sorted)
        {
            responses.Add(status, response);
        }
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
