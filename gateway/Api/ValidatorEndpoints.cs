using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts.Validation;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Workers.Validators;

namespace Orchestrator.Gateway.Api;

internal static class ValidatorEndpoints
{
    public static void MapValidators(this IEndpointRouteBuilder api) => api
        .MapPost("/validators/runtime", (Delegate)ValidateAsync)
        .WithTags("Validators")
        .WithName("ValidatePayload")
        .WithSummary("Judges a payload by a JSON Schema and by rules, at once")
        .WithDescription("No task, no store: the answer is computed where the request arrives. `validators.runtime` is the same as an action. A schema that is none is a 400 that names what is wrong with it.")
        .WithBody<ValidatePayloadRequest>(BodyLimit.Task);

    private static async Task<Ok<ValidationResponse>> ValidateAsync(HttpContext http)
    {
        using var body = await JsonBody.ReadAsync(http);
        if (RuntimeValidator.TryCheck(body.Root, out var found))
        {
            return TypedResults.Ok(new ValidationResponse(found.Count == 0, [.. found.Select(error => new ValidationErrorResponse(error.Path, error.Message))]));
        }

        var errors = new FieldErrors();
        foreach (var error in found)
        {
            errors.Malformed(error.Path, error.Message);
        }

        throw new ProblemException(errors.ToProblem());
    }
}
