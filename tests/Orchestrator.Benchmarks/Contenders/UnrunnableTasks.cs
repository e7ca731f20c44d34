using Orchestrator.Core.Scheduling;
using Orchestrator.Storage;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>
/// Tasks that nobody can run now, ranking before all others: in equal parts scheduled for tomorrow, blocked by such a one,
/// for an action that nobody serves, and in a paused workspace.
/// </summary>
internal static class UnrunnableTasks
{
    private const string Paused = "paused";

    public static async Task SubmitAsync(IStore store, int workspaces, int tasks)
    {
        var tomorrow = DateTimeOffset.UtcNow.AddDays(1);
        var now = DateTimeOffset.UtcNow;
        await store.Workspaces.CreateAsync(new WorkspaceRecord { Id = Paused, CreatedAt = now, UpdatedAt = now }, CancellationToken.None);
        await store.Workspaces.PauseAsync(Paused, until: null, CancellationToken.None);

        var scheduled = Enumerable.Range(0, tasks / 4).Select(_ => OwnStore.NewTask() with { RunAt = tomorrow, Score = PriorityHint.MaxScore }).ToList();
        string Workspace(int i) => OwnStore.Workspace(i % workspaces);
        await OwnStore.SubmitAsync(store, tasks / 4, Workspace, i => scheduled[i]);
        await OwnStore.SubmitAsync(store, tasks / 4, Workspace, i => First() with { DependsOn = [scheduled[i % workspaces].Id] });
        await OwnStore.SubmitAsync(store, tasks / 4, Workspace, _ => First() with { Action = "nobody.serves" });
        await OwnStore.SubmitAsync(store, tasks / 4, _ => Paused, _ => First());
    }

    private static NewTask First() => OwnStore.NewTask() with { Score = PriorityHint.MaxScore };
}
