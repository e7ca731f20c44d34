using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Gateway.Dashboard.Data;

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
            await ShowAsync(http, refused);
        }
    }

    // In a scope of its own: the renderer of the request still holds the page that failed.
    private static async Task ShowAsync(HttpContext http, ApiRefusedException refused)
    {
        var services = http.RequestServices;
        await using var scope = services.CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        try
        {
            http.Response.Clear();
            http.Response.StatusCode = refused.Status;
            PageHeaders.Apply(http.Response);
            scope.ServiceProvider.GetRequiredService<PageContext>().Http = http;
            await new RazorComponentResult<ErrorPage>(new { refused.Problem }) { PreventStreamingRendering = true }.ExecuteAsync(http);
        }
        finally
        {
            http.RequestServices = services;
        }
    }
}
