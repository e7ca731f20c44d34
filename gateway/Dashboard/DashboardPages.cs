using Orchestrator.Gateway.Dashboard.Layout;
using Orchestrator.Gateway.Dashboard.Overview;
using Orchestrator.Gateway.Dashboard.Silos;
using Orchestrator.Gateway.Dashboard.Tasks;
using Orchestrator.Gateway.Dashboard.Workers;
using Orchestrator.Gateway.Dashboard.Workspaces;

namespace Orchestrator.Gateway.Dashboard;

/// <summary>Every page, and where it is.</summary>
internal static class DashboardPages
{
    /// <summary>What the navigation offers, in its order.</summary>
    public static readonly IReadOnlyList<NavigationItem> Navigation =
    [
        new("", "Overview", "o"),
        new("tasks", "Tasks", "t"),
        new("workspaces", "Workspaces", "w"),
        new("silos", "Silos", "s"),
        new("workers", "Workers", "k"),
    ];

    public static void MapPages(this IEndpointRouteBuilder pages)
    {
        pages.MapPage<OverviewPage>("");
        pages.MapPage<TasksPage>("/tasks");
        pages.MapPage<NewTaskPage>("/tasks/new");
        pages.MapPage<TaskPage>("/tasks/{id}");
        pages.MapPage<WorkspacesPage>("/workspaces");
        pages.MapPage<WorkspacePage>("/workspaces/{id}");
        pages.MapPage<SilosPage>("/silos");
        pages.MapPage<WorkersPage>("/workers");
        pages.MapSearch();
    }
}
