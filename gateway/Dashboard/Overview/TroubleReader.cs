using Orchestrator.Contracts;
using Orchestrator.Contracts.Cluster;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Contracts.Workspaces;
using Orchestrator.Gateway.Dashboard.Data;
using Orchestrator.Gateway.Dashboard.Shared;
using Orchestrator.Gateway.Dashboard.Workspaces;

namespace Orchestrator.Gateway.Dashboard.Overview;

/// <summary>Finds what holds work up: actions that nobody serves, silos that are gone, workspaces that stand still, people who are asked.</summary>
internal sealed class TroubleReader(DashboardApi api, StatsResponse stats, IReadOnlyList<SiloResponse> silos)
{
    private const int MostWorkspaces = 500;

    /// <summary>For how many paused workspaces it is asked whether they have work.</summary>
    private const int MostPaused = 20;

    public async Task<IReadOnlyList<Trouble>> FindAsync()
    {
        // Whoever may not see every workspace is not told of all work.
        var backlog = await api.FindAsync<BacklogResponse>("/stats/backlog");
        var workspaces = (await api.GetAsync<Page<WorkspaceResponse>>("/workspaces", ("limit", MostWorkspaces))).Items;
        return [.. OfSilos(), .. OfBacklog(backlog), .. await OfPausesAsync(workspaces), .. OfFuses(workspaces), .. OfPeople(backlog)];
    }

    private IEnumerable<Trouble> OfSilos()
    {
        var queued = stats.Tasks.GetValueOrDefault("queued");
        if (!silos.Any(silo => silo.State == "active"))
        {
            yield return new Trouble(true, $"No silo takes tasks, and {Verb(queued, "waits", "wait")}.", "silos", "Silos");
        }

        foreach (var silo in silos.Where(silo => silo.State == "lost"))
        {
            yield return new Trouble(true, $"The silo {silo.Name} has stopped reporting; what it had begun is done again elsewhere.", $"silos#silo-{silo.Id}", "The silo");
        }
    }

    private static IEnumerable<Trouble> OfBacklog(BacklogResponse? backlog) => (backlog?.Unservable ?? new Dictionary<string, long>())
        .OrderByDescending(action => action.Value)
        .Select(action => new Trouble(true, $"{Verb(action.Value, "waits", "wait")} for {action.Key}, which no silo serves.", $"tasks?q=status:queued+action:{Uri.EscapeDataString(action.Key)}", "The tasks"));

    private async Task<IReadOnlyList<Trouble>> OfPausesAsync(IReadOnlyList<WorkspaceResponse> workspaces)
    {
        var troubles = new List<Trouble>();
        foreach (var workspace in workspaces.Where(workspace => workspace.Paused).Take(MostPaused))
        {
            var waiting = await api.GetAsync<Page<TaskResponse>>($"/workspaces/{workspace.Id}/tasks", ("status", "queued"), ("limit", 1));
            if (waiting.Items.Count > 0)
            {
                var by = workspace.PausedBy is { } fuse ? $"by its fuse {FuseWords.Title(fuse)}" : "by hand";
                troubles.Add(new Trouble(true, $"The workspace {workspace.Id} is paused {by}, and has tasks that wait.", $"workspaces/{workspace.Id}", "The workspace"));
            }
        }

        return troubles;
    }

    private static IEnumerable<Trouble> OfFuses(IReadOnlyList<WorkspaceResponse> workspaces) =>
        from workspace in workspaces
        from fuse in FuseWords.Tripped(workspace)
        where fuse != workspace.PausedBy
        let reason = workspace.FuseStates[fuse].Reason
        select new Trouble(true, $"The fuse {FuseWords.Title(fuse)} of {workspace.Id} has tripped{(reason is null ? "." : $": {reason}")}", $"workspaces/{workspace.Id}", "The workspace");

    private static IEnumerable<Trouble> OfPeople(BacklogResponse? backlog) => backlog?.Waiting.GetValueOrDefault("approval") is > 0 and var asking
        ? [new Trouble(false, $"{Verb(asking, "waits", "wait")} for somebody's decision.", "tasks?q=status:waiting", "The tasks")]
        : [];

    private static string Verb(long tasks, string one, string more) => $"{Human.Counted(tasks, "task")} {(tasks == 1 ? one : more)}";
}
