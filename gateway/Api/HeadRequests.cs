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
        if (response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false })
        {
            response.Headers.Allow = Allow(response.Headers.Allow.ToString());
            response.StatusCode = HttpMethods.IsOptions(http.Request.Method) ? StatusCodes.Status204NoContent : response.StatusCode;
        }
    });

    private static string Allow(string declared) =>
        string.Join(", ", declared.Split(", ").Select(method => method == HttpMethods.Get ? "GET, HEAD" : method).Append(HttpMethods.Options));
}
