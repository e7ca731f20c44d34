using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts.Validation;
using Orchestrator.Core.Keys;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Workers.Validators;

namespace Orchestrator.Gateway.Api;

internal static class ValidatorEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void MapValidators(this IEndpointRouteBuilder api) => api
        .MapPost("/validators/runtime", (Delegate)ValidateAsync)
        .WithTags("Validators")
        .WithName("ValidatePayload")
        .Needs(KeyVerb.Submit)
        .WithoutAudit()
        .WithSummary("Judges a payload by a JSON Schema and by rules, at once")
        .WithDescription("No task, no store: the answer is computed where the request arrives. `validators.runtime` is the same as an action. A schema that is none is a 400 that names what is wrong with it.")
        .WithBody<ValidatePayloadRequest>(BodyLimit.Task);

    private static async Task<Ok<ValidationResponse>> ValidateAsync(HttpContext http)
    {
        using var body = await JsonBody.ReadAsync(http);
        var judgement = await RuntimeValidator.CheckAsync(body.Root, Patience, http.RequestAborted)
            ?? throw new ProblemException(new Problem(ProblemTypes.Overloaded, "Checks that take long keep all places that there are for them.") { RetryAfter = Patience });
        if (judgement.IsOfPayload)
        {
            var found = judgement.Errors;
            return TypedResults.Ok(new ValidationResponse(found.Count == 0, [.. found.Select(error => new ValidationErrorResponse(error.Path, error.Message))]));
        }

        var errors = new FieldErrors();
        foreach (var error in judgement.Errors)
        {
            errors.Malformed(error.Path, error.Message);
        }

        throw new ProblemException(errors.ToProblem());
    }
}
