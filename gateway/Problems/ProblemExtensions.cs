using System.Globalization;

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
            405 => new Problem(type, string.Create(CultureInfo.InvariantCulture, $"{http.Request.Method} is not served here, but {response.Headers.Allow} is.")),
            415 => new Problem(type, "Send the body as application/json in UTF-8."),
            _ => new Problem(type),
        };
    }
}
