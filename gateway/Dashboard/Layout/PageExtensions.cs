using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Orchestrator.Gateway.Dashboard.Layout;

internal static class PageExtensions
{
    /// <summary>Serves a component as a page. Parts of the path are parameters of the component by their names.</summary>
    public static RouteHandlerBuilder MapPage<TPage>(this IEndpointRouteBuilder pages, string pattern)
        where TPage : IComponent => pages.MapGet(pattern, (HttpContext http, PageContext page) =>
        {
            page.Http = http;
            var parameters = http.Request.RouteValues.ToDictionary(value => ParameterName(value.Key), value => value.Value);
            return new RazorComponentResult<TPage>(parameters) { PreventStreamingRendering = true };
        });

    private static string ParameterName(string routeValue) => char.ToUpperInvariant(routeValue[0]) + routeValue[1..];
}
