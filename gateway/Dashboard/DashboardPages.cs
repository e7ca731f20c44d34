using Orchestrator.Gateway.Dashboard.Agents;
using Orchestrator.Gateway.Dashboard.Audit;
using Orchestrator.Gateway.Dashboard.Definitions;
using Orchestrator.Gateway.Dashboard.Errors;
using Orchestrator.Gateway.Dashboard.Layout;
using Orchestrator.Gateway.Dashboard.Overview;
using Orchestrator.Gateway.Dashboard.Resources;
using Orchestrator.Gateway.Dashboard.Runs;
using Orchestrator.Gateway.Dashboard.Schedules;
using Orchestrator.Gateway.Dashboard.Silos;
using Orchestrator.Gateway.Dashboard.Tasks;
using Orchestrator.Gateway.Dashboard.Webhooks;
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
        new("runs", "Runs", "u"),
        new("definitions", "Definitions", "n"),
        new("workspaces", "Workspaces", "w"),
        new("silos", "Silos", "s"),
        new("workers", "Workers", "k"),
        new("agents", "Agents", "a"),
        new("resources", "Resources", "e"),
        new("schedules", "Schedules", "c"),
        new("webhooks", "Webhooks", "h"),
        new("errors", "Errors", "f"),
        new("audit", "Audit", "d"),
    ];

    public static void MapPages(this IEndpointRouteBuilder pages)
    {
        pages.MapPage<OverviewPage>("");
        pages.MapPage<TasksPage>("/tasks");
        pages.MapPage<NewTaskPage>("/tasks/new");
        pages.MapPage<TaskPage>("/tasks/{id}");
        pages.MapPage<RunsPage>("/runs");
        pages.MapPage<RunPage>("/runs/{id}");
        pages.MapPage<DefinitionsPage>("/definitions");
        pages.MapPage<NewDefinitionPage>("/definitions/new");
        pages.MapPage<DefinitionPage>("/definitions/{owner}/{name}");
        pages.MapPage<WorkspacesPage>("/workspaces");
        pages.MapPage<WorkspacePage>("/workspaces/{id}");
        pages.MapPage<SilosPage>("/silos");
        pages.MapPage<WorkersPage>("/workers");
        pages.MapPage<AgentsPage>("/agents");
        pages.MapPage<AgentPage>("/agents/{name}");
        pages.MapPage<ResourcesPage>("/resources");
        pages.MapPage<ResourcePage>("/resources/{name}");
        pages.MapPage<SchedulesPage>("/schedules");
        pages.MapPage<SchedulePage>("/schedules/{id}");
        pages.MapPage<WebhooksPage>("/webhooks");
        pages.MapPage<WebhookPage>("/webhooks/{id}");
        pages.MapPage<ErrorsPage>("/errors");
        pages.MapPage<AuditPage>("/audit");
        pages.MapSearch();
    }
}
