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

    /// <summary>In how many workspaces it is looked for what asks somebody.</summary>
    private const int MostAsked = 50;

    /// <summary>So many waiting tasks of a workspace are looked at.</summary>
    private const int MostWaiting = 500;

    public async Task<IReadOnlyList<Trouble>> FindAsync()
    {
        // Whoever may not see every workspace is not told of all work.
        var backlog = await api.FindAsync<BacklogResponse>("/stats/backlog");
        var workspaces = (await api.GetAsync<Page<WorkspaceResponse>>("/workspaces", ("limit", MostWorkspaces))).Items;
        return [.. OfSilos(), .. OfBacklog(backlog), .. await OfPausesAsync(workspaces), .. OfFuses(workspaces), .. await OfPeopleAsync(backlog, workspaces)];
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

    private async Task<IReadOnlyList<Trouble>> OfPeopleAsync(BacklogResponse? backlog, IReadOnlyList<WorkspaceResponse> workspaces)
    {
        var troubles = new List<Trouble>();
        var asking = backlog?.Waiting.GetValueOrDefault("approval");
        foreach (var workspace in workspaces.Take(MostAsked).Select(workspace => workspace.Id))
        {
            var runs = await api.GetAsync<Page<RunResponse>>($"/workspaces/{workspace}/runs", ("waiting", true));
            troubles.AddRange(OfQuestions([.. runs.Items.Select(run => run.Id)], workspace, "run", "waiting=true"));
            if (asking != 0)
            {
                var tasks = await api.GetAsync<Page<TaskResponse>>($"/workspaces/{workspace}/tasks", ("status", "waiting"), ("limit", MostWaiting));
                troubles.AddRange(OfQuestions([.. tasks.Items.Where(task => task.WaitingFor == "approval").Select(task => task.Id)], workspace, "task", "q=status:waiting"));
            }
        }

        if (workspaces.Count > MostAsked && asking > 0)
        {
            troubles.Add(new Trouble(false, $"In all workspaces {Verb(asking.Value, "waits", "wait")} for somebody's decision.", "workspaces", "Workspaces"));
        }

        return troubles;
    }

    private static IEnumerable<Trouble> OfQuestions(IReadOnlyList<Guid> asking, string workspace, string noun, string filter) => asking switch
    {
        [] => [],
        [var one] => [new Trouble(false, $"1 {noun} of {workspace} waits for somebody's decision.", $"{noun}s/{one}", $"The {noun}")],
        _ => [new Trouble(false, $"{Human.Counted(asking.Count, noun)} of {workspace} wait for somebody's decision.", $"{noun}s?workspace={workspace}&{filter}", $"The {noun}s")],
    };

    private static string Verb(long tasks, string one, string more) => $"{Human.Counted(tasks, "task")} {(tasks == 1 ? one : more)}";
}
