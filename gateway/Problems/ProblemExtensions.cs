using Microsoft.Extensions.Primitives;

namespace Orchestrator.Gateway.Problems;

internal static class ProblemExtensions
{
    public static IServiceCollection AddProblems(this IServiceCollection services) =>
        services.AddExceptionHandler<ProblemExceptionHandler>();

    /// <summary>Every error answer of the pipeline becomes a problem, also those that routing and the framework choose.</summary>
    public static IApplicationBuilder UseProblems(this IApplicationBuilder app) => app
        .UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = static _ => Task.CompletedTask })
        .UseStatusCodePages(static context => context.HttpContext.Response is { StatusCode: >= 400 } response
            ? new ProblemResult(Explain(context.HttpContext, response)).ExecuteAsync(context.HttpContext)
            : Task.CompletedTask);

    private static Problem Explain(HttpContext http, HttpResponse response)
    {
        var type = ProblemTypes.ForStatus(response.StatusCode);
        return response.StatusCode switch
        {
            404 => new Problem(type, $"Nothing is served at {http.Request.Path.ToUriComponent()}; /openapi/v1.json lists what is."),
            405 => new Problem(type, $"{http.Request.Method} is not served here; {Join(response.Headers.Allow)}."),
            415 => new Problem(type, "Send the body as application/json in UTF-8."),
            _ => new Problem(type),
        };
    }

    /// <summary>The methods of an <c>Allow</c> header as the subject and verb of a sentence: <c>GET, HEAD and OPTIONS are</c>.</summary>
    private static string Join(StringValues allow)
    {
        var methods = allow.SelectMany(list => (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        return methods.Count switch
        {
            0 => "nothing is",
            1 => $"{methods[0]} is",
            _ => $"{string.Join(", ", methods.SkipLast(1))} and {methods[^1]} are",
        };
    }
}
