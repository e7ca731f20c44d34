using System.Text.Json;
using Orchestrator.Core.Tasks;
using Orchestrator.Gateway.Api;
using Orchestrator.Storage.Delegation;
using Orchestrator.Storage.Priorities;
using Orchestrator.Storage.Resources;
using Orchestrator.Storage.Steering;
using Orchestrator.Storage.Tasks;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Gateway.Why;

/// <summary>Reads what <see cref="WhyExplainer"/> needs to know: each state asks only for what can bear on it.</summary>
internal sealed class SituationReader(
    ITaskReader tasks,
    IWorkspaceStore workspaces,
    IResourceStore resources,
    IDelegationStore delegation,
    ISteeringStore steering,
    IScoreStore scores,
    SiloDirectory directory)
{
    /// <summary>How far back the start of the running attempt is looked for; progress and chunks follow it.</summary>
    private const int HistoryTail = 200;

    /// <summary>How many of the children that a task waits for are named.</summary>
    private const int MaxNamedChildren = 100;

    /// <summary>The situation of a task; null when it is gone.</summary>
    public async Task<TaskSituation?> ReadAsync(TaskRecord task, CancellationToken cancellationToken)
    {
        if (await workspaces.FindAsync(task.Workspace, cancellationToken) is not { } workspace
            || await scores.ExplainAsync(task.Id, cancellationToken) is not { } score)
        {
            return null;
        }

        var situation = new TaskSituation(task, workspace, score);
        return task.State switch
        {
            TaskState.Scheduled => situation with { Silos = await directory.ListPresentAsync(cancellationToken) },
            TaskState.Blocked => situation with
            {
                Silos = await directory.ListPresentAsync(cancellationToken),
                Blockers = [.. task.DependsOn.Except(await tasks.FindEndedAsync([.. task.DependsOn], cancellationToken))],
            },
            TaskState.Queued => situation with
            {
                Silos = await directory.ListPresentAsync(cancellationToken),
                QueuePosition = await tasks.FindQueuePositionAsync(task.Id, cancellationToken),
                Running = workspace.MaxParallel is null
                    ? 0
                    : (await tasks.CountAsync(task.Workspace, cancellationToken)).GetValueOrDefault(TaskState.Processing),
            },
            TaskState.Waiting => situation with
            {
                Silos = await directory.ListPresentAsync(cancellationToken),
                Awaited = task.WaitingFor == WaitingFor.Children ? await delegation.FindAwaitedAsync(task.Id, MaxNamedChildren, cancellationToken) : null,
                Request = task.WaitingFor == WaitingFor.Approval ? await steering.FindLastApprovalAsync(task.Id, null, cancellationToken) : null,
                Resource = task is { WaitingFor: WaitingFor.Resource, WaitingOn: { } name } ? await resources.FindAsync(name, cancellationToken) : null,
            },
            TaskState.Processing => situation with { RunningOn = await FindSiloAsync(task, cancellationToken) },
            _ => situation,
        };
    }

    private async Task<string?> FindSiloAsync(TaskRecord task, CancellationToken cancellationToken)
    {
        var end = await tasks.ReadHistoryAsync(task.Id, int.MaxValue, 1, cancellationToken);
        var tail = await tasks.ReadHistoryAsync(task.Id, Math.Max(0, (end?.LastSeq ?? 0) - HistoryTail), HistoryTail, cancellationToken);
        var start = tail?.Events.LastOrDefault(entry => entry.Type == "processing" && entry.Attempt == task.Attempt);
        if (start?.Data is not { } data)
        {
            return null;
        }

        using var json = JsonDocument.Parse(data);
        if (!json.RootElement.TryGetProperty("silo", out var silo) || silo.GetString() is not { } name)
        {
            return null;
        }

        var known = (await directory.ListAsync(cancellationToken)).FirstOrDefault(candidate => candidate.Id.ToString() == name);
        return known?.Name ?? name;
    }
}
