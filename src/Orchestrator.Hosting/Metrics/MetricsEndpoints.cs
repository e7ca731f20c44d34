using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Orchestrator.Hosting.Metrics;

public static class MetricsEndpoints
{
    public const string Path = "/metrics";
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>
    /// Maps <c>/metrics</c>: the figures of this process, as Prometheus reads them, for whoever reaches it. What happens before is not counted.
    /// </summary>
    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        var metrics = routes.ServiceProvider.GetRequiredService<ProcessMetrics>();
        routes.MapGet(Path, (Delegate)((HttpContext http) => WriteAsync(http, metrics)))
            .WithTags("Health")
            .WithName("GetMetrics")
            .WithSummary("The figures of this process, as Prometheus reads them")
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .DisableHttpMetrics();
    }

    private static async Task WriteAsync(HttpContext http, ProcessMetrics metrics)
    {
        var page = await metrics.ReadAsync().ConfigureAwait(false);
        http.Response.ContentType = ContentType;
        http.Response.ContentLength = page.Length;
        await http.Response.Body.WriteAsync(page, http.RequestAborted).ConfigureAwait(false);
    }
}
