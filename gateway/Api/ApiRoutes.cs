using Orchestrator.Gateway.Auditing;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Security;

namespace Orchestrator.Gateway.Api;

/// <summary>Everything that is served under <c>/api/v1</c>, and the policies that hold for all of it.</summary>
internal static class ApiRoutes
{
    public const string Prefix = "/api/v1";

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Prefix)
            .AddEndpointFilter<HostGuard>()
            .AddEndpointFilter<CallerFilter>()
            .AddEndpointFilter<AuditFilter>()
            .AddEndpointFilter<ScopeFilter>()
            .AddEndpointFilter<RefuseUnknownQuery>()
            .WithProblems(ProblemTypes.Validation, ProblemTypes.Unauthorized, ProblemTypes.MissingScope, ProblemTypes.Internal, ProblemTypes.StoreUnavailable);

        api.MapWorkspaces();
        api.MapFuses();
        api.MapSubmissions();
        api.MapGeneration();
        api.MapTasks();
        api.MapTaskEvents();
        api.MapTaskControl();
        api.MapSteering();
        api.MapBulk();
        api.MapWhy();
        api.MapSchedules();
        api.MapAgents();
        api.MapDefinitions();
        api.MapRuns();
        api.MapRunEvents();
        api.MapRunControl();
        api.MapWebhooks();
        api.MapValidators();
        api.MapStats();
        api.MapBacklog();
        api.MapTimeline();
        api.MapErrors();
        api.MapAudit();
        api.MapKeys();
        api.MapSilos();
        api.MapLeases();
        api.MapResources();
    }
}
