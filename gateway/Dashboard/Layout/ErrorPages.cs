using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts;
using Orchestrator.Gateway.Dashboard.Data;
using Orchestrator.Gateway.Dashboard.SignIn;
using Orchestrator.Gateway.Feed;
using Orchestrator.Gateway.Problems;

namespace Orchestrator.Gateway.Dashboard.Layout;

/// <summary>Shows what the API refused to a page, with its status.</summary>
internal static class ErrorPages
{
    public static async Task ServeAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (ApiRefusedException refused) when (!http.Response.HasStarted)
        {
            await ShowAsync(http, refused.Status, refused.Problem);
        }
        catch (ProblemException refused) when (!http.Response.HasStarted && refused.Problem.Type != ProblemTypes.ForeignHost && IsPage(http))
        {
            if (refused.Problem.Type == ProblemTypes.Unauthorized)
            {
                await new SeeOther(SignInEndpoints.AddressFrom(http)).ExecuteAsync(http);
                return;
            }

            await ShowAsync(http, refused.Problem.Type.Status, new ProblemResult(refused.Problem).ToResponse(http));
        }
    }

    private static bool IsPage(HttpContext http) => HttpMethods.IsGet(http.Request.Method) && !http.WebSockets.IsWebSocketRequest && http.Request.Path != FeedEndpoint.Path;

    // In a scope of its own: the renderer of the request still holds the page that failed.
    private static async Task ShowAsync(HttpContext http, int status, ProblemResponse problem)
    {
        var services = http.RequestServices;
        await using var scope = services.CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        try
        {
            http.Response.Clear();
            http.Response.StatusCode = status;
            PageHeaders.Apply(http.Response);
            scope.ServiceProvider.GetRequiredService<PageContext>().Http = http;
            await new RazorComponentResult<ErrorPage>(new { Problem = problem }) { PreventStreamingRendering = true }.ExecuteAsync(http);
        }
        finally
        {
            http.RequestServices = services;
        }
    }
}
