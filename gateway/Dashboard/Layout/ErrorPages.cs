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
            http.Response.Clear();
            http.Response.StatusCode = refused.Status;
            PageHeaders.Apply(http.Response);
            http.RequestServices.GetRequiredService<PageContext>().Http = http;
            await new RazorComponentResult<ErrorPage>(new { refused.Problem }) { PreventStreamingRendering = true }.ExecuteAsync(http);
        }
    }
}
