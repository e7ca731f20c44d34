using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Orchestrator.Hosting.Health;

public static class HealthEndpoints
{
    /// <summary>Maps <c>/health/live</c> (the process is up) and <c>/health/ready</c> (it should get traffic; 503 when not).</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").WithTags("Health");

        group.MapGet("/live", static () => Answer(new HealthReport("live"), StatusCodes.Status200OK))
            .WithName("GetLiveness")
            .WithSummary("Says that the process is up")
            .Produces<HealthReport>();

        group.MapGet("/ready", static async (Readiness readiness, CancellationToken cancellationToken) =>
            {
                var report = await readiness.CheckAsync(cancellationToken).ConfigureAwait(false);
                return Answer(report, report.Status == Readiness.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
            })
            .WithName("GetReadiness")
            .WithSummary("Says whether the store is reachable, its schema current, and nothing drains")
            .Produces<HealthReport>()
            .Produces<HealthReport>(StatusCodes.Status503ServiceUnavailable);
    }

    private static JsonHttpResult<HealthReport> Answer(HealthReport report, int status) =>
        TypedResults.Json(report, HealthJsonContext.Default.HealthReport, statusCode: status);
}
