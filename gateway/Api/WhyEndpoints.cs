using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Security;
using Orchestrator.Gateway.Why;

namespace Orchestrator.Gateway.Api;

internal static class WhyEndpoints
{
    public static void MapWhy(this IEndpointRouteBuilder api) => api
        .MapGet("/tasks/{id}/why", GetAsync)
        .WithTags("Tasks")
        .WithName("ExplainTask")
        .WithSummary("Says why a task is not running, or where it runs")
        .WithProblems(ProblemTypes.TaskNotFound);

    private static async Task<Ok<WhyResponse>> GetAsync(
        string id, HttpContext http, VisibleTasks visible, SituationReader reader, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var taskId = PathIds.Uuid(errors, id);
        errors.ThrowIfAny();

        var task = await visible.GetAsync(http.Caller(), taskId, cancellationToken);
        var situation = await reader.ReadAsync(task, cancellationToken) ?? throw VisibleTasks.NotFound(taskId);
        return TypedResults.Ok(WhyExplainer.Explain(situation));
    }
}
