namespace Orchestrator.Gateway.Api;

/// <summary>
/// HEAD answers what GET would, without the body (the server leaves it out), and OPTIONS answers what a path takes, so
/// that no endpoint has to declare either.
/// </summary>
internal static class HeadRequests
{
    private static readonly object Key = new();

    public static bool IsHead(HttpContext http) => http.Items.ContainsKey(Key);

    public static IApplicationBuilder UseHeadAndOptions(this IApplicationBuilder app) => app.Use(static async (http, next) =>
    {
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Items[Key] = true;
            http.Request.Method = HttpMethods.Get;
        }

        await next(http);

        var response = http.Response;
        if (HttpMethods.IsOptions(http.Request.Method) && response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false })
        {
            response.StatusCode = StatusCodes.Status204NoContent;
        }
    });
}
