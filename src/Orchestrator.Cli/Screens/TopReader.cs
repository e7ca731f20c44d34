using Orchestrator.Client;
using Orchestrator.Client.Tasks;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Contracts.Workspaces;

namespace Orchestrator.Cli.Screens;

/// <summary>Asks for what the screen shows.</summary>
/// <param name="workspace">Only this one; null for the first of all.</param>
internal sealed class TopReader(OrchestratorClient client, string? workspace)
{
    private const int MostWorkspaces = 12;
    private const int MostTasks = 15;

    public async Task<TopSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var stats = await client.GetStatsAsync(workspace, cancellationToken);
        var silos = await TakeAsync(client.Silos.ListAsync(cancellationToken), int.MaxValue);
        var shown = workspace is null
            ? await TakeAsync(client.Workspaces.ListAsync(cancellationToken: cancellationToken), MostWorkspaces)
            : [await client.Workspaces.GetAsync(workspace, cancellationToken)];
        var workspaces = new List<TopWorkspace>();
        var running = new List<TaskResponse>();
        foreach (var one in shown)
        {
            var found = await CountAsync(one, cancellationToken);
            workspaces.Add(found);
            if (running.Count < MostTasks && found.Tasks.GetValueOrDefault(TaskStatuses.Processing) > 0)
            {
                var filter = new TaskFilter { Status = TaskStatuses.Processing, PageSize = MostTasks };
                running.AddRange(await TakeAsync(client.Tasks.ListAsync(one.Id, filter, cancellationToken), MostTasks - running.Count));
            }
        }

        return new TopSnapshot(stats, silos, workspaces, running);
    }

    private async Task<TopWorkspace> CountAsync(WorkspaceResponse one, CancellationToken cancellationToken) => new(
        one.Id, one.Weight, one.MaxParallel, one.Paused, one.PausedBy, (await client.GetStatsAsync(one.Id, cancellationToken)).Tasks);

    private static async Task<List<T>> TakeAsync<T>(IAsyncEnumerable<T> items, int most)
    {
        var taken = new List<T>();
        await foreach (var item in items)
        {
            taken.Add(item);
            if (taken.Count >= most)
            {
                break;
            }
        }

        return taken;
    }
}
