using Orchestrator.Contracts.Runs;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Gateway.Dashboard.Data;
using Orchestrator.Gateway.Dashboard.Layout;

namespace Orchestrator.Gateway.Dashboard.Tasks;

/// <summary>The search box: an id leads to the task or run that has it, anything else to the list of tasks.</summary>
internal static class SearchEndpoint
{
    public static void MapSearch(this IEndpointRouteBuilder pages) => pages.MapGet("/search", async (string? q, HttpContext http, PageContext page, DashboardApi api) =>
    {
        page.Http = http;
        var text = q?.Trim() ?? "";
        if (Guid.TryParse(text, out var id))
        {
            if (await api.FindAsync<TaskResponse>($"/tasks/{id}") is not null)
            {
                return Results.Redirect($"tasks/{id}");
            }

            return Results.Redirect(await api.FindAsync<RunResponse>($"/runs/{id}") is null ? $"tasks/{id}" : $"runs/{id}");
        }

        return Results.Redirect("tasks" + QueryString.Create("q", text));
    });
}
