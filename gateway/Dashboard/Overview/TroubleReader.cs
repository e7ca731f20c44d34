using Orchestrator.Contracts;
using Orchestrator.Contracts.Cluster;
using Orchestrator.Contracts.Runs;
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

    /// <summary>For how many workspaces it is said that something in them asks somebody; the others are counted.</summary>
    private const int MostAsking = 20;

    /// <summary>So many waiting tasks of a workspace are looked at for the one that asks.</summary>
    private const int MostWaiting = 500;

    public async Task<IReadOnlyList<Trouble>> FindAsync()
    {
        // Whoever may not see every workspace is not told of all work.
        var backlog = await api.FindAsync<BacklogResponse>("/stats/backlog");
        var workspaces = (await api.GetAsync<Page<WorkspaceResponse>>("/workspaces", ("limit", MostWorkspaces))).Items;
        return [.. OfSilos(), .. OfBacklog(backlog), .. await OfPausesAsync(workspaces), .. OfFuses(workspaces), .. await OfPeopleAsync(backlog)];
    }

    private IEnumerable<Trouble> OfSilos()
    {
        var queued = stats.Tasks.GetValueOrDefault("queued");
        if (!silos.Any(silo => silo.State == "active"))
        {
            yield return new Trouble(true, queued == 0 ? "No silo takes tasks." : $"No silo takes tasks, and {Verb(queued, "waits", "wait")}.", "silos", "Silos");
        }

        foreach (var silo in silos.Where(silo => silo.State == "lost"))
        {
            yield return new Trouble(true, $"The silo {silo.Name} has stopped reporting; what it had begun is done again elsewhere.", $"silos#silo-{silo.Id}", "The silo");
        }
    }

    private static IEnumerable<Trouble> OfBacklog(BacklogResponse? backlog) => (backlog?.Unservable ?? new Dictionary<string, long>())
        .OrderByDescending(action => action.Value)
        .Select(action => new Trouble(true, $"{Verb(action.Value, "waits", "wait")} for {action.Key}, which no silo serves.", $"workers#action-{action.Key}", "The action"));

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

    private async Task<IReadOnlyList<Trouble>> OfPeopleAsync(BacklogResponse? backlog)
    {
        var troubles = new List<Trouble>();
        if (backlog is null)
        {
            return troubles;
        }

        var asking = backlog.RunsAsking.Keys.Union(backlog.TasksAsking.Keys).Order(StringComparer.Ordinal).ToList();
        foreach (var workspace in asking.Take(MostAsking))
        {
            var runs = backlog.RunsAsking.GetValueOrDefault(workspace);
            if (runs > 0)
            {
                troubles.Add(OfQuestions(runs, workspace, "run", "waiting=true", runs == 1 ? await FindRunAsync(workspace) : null));
            }

            var tasks = backlog.TasksAsking.GetValueOrDefault(workspace);
            if (tasks > 0)
            {
                troubles.Add(OfQuestions(tasks, workspace, "task", "q=status:waiting", tasks == 1 ? await FindTaskAsync(workspace) : null));
            }
        }

        if (asking.Count - MostAsking is > 0 and var others)
        {
            troubles.Add(new Trouble(false, $"In {Human.Counted(others, "more workspace")} something waits for somebody's decision.", "tasks?workspace=&q=status:waiting", "The tasks"));
        }

        return troubles;
    }

    private async Task<Guid?> FindRunAsync(string workspace) =>
        (await api.FindAsync<Page<RunResponse>>($"/workspaces/{workspace}/runs", ("waiting", true), ("limit", 1)))?.Items is [var run, ..] ? run.Id : null;

    private async Task<Guid?> FindTaskAsync(string workspace) =>
        (await api.FindAsync<Page<TaskResponse>>($"/workspaces/{workspace}/tasks", ("status", "waiting"), ("limit", MostWaiting)))
            ?.Items.FirstOrDefault(task => task.WaitingFor == "approval")?.Id;

    private static Trouble OfQuestions(long asking, string workspace, string noun, string filter, Guid? one) => new(
        false,
        $"{Human.Counted(asking, noun)} of {workspace} {(asking == 1 ? "waits" : "wait")} for somebody's decision.",
        one is null ? $"{noun}s?workspace={workspace}&{filter}" : $"{noun}s/{one}",
        one is null ? $"The {noun}s" : $"The {noun}");

    private static string Verb(long tasks, string one, string more) => $"{Human.Counted(tasks, "task")} {(tasks == 1 ? one : more)}";
}
