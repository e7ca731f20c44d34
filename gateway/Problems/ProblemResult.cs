using System.Diagnostics;
using System.Globalization;
using Orchestrator.Contracts;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Gateway.Problems;

/// <summary>Answers a problem as RFC 9457 problem details.</summary>
internal sealed class ProblemResult(Problem problem) : IResult, IStatusCodeHttpResult, IContentTypeHttpResult
{
    public const string MediaType = "application/problem+json";

    public int? StatusCode => problem.Type.Status;

    public string? ContentType => MediaType;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = problem.Type.Status;
        response.Headers.CacheControl = "no-store";
        if (problem.Type == ProblemTypes.Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer realm=\"orchestrator\"";
        }

        if (problem.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return response.WriteAsJsonAsync(
            ToResponse(httpContext),
            ContractsJson.TypeInfo<ProblemResponse>(),
            MediaType,
            httpContext.RequestAborted);
    }

    /// <summary>The body.</summary>
    public ProblemResponse ToResponse(HttpContext http) => new()
    {
        Type = problem.Type.Uri,
        Title = problem.Type.Title,
        Status = problem.Type.Status,
        Detail = problem.Detail,
        Instance = http.Request.Path.ToUriComponent(),
        Errors = problem.Errors,
        Fuse = problem.Fuse,
        TraceId = Activity.Current?.Id ?? http.TraceIdentifier,
    };
}
