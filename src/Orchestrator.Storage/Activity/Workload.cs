using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Activity;

/// <summary>What there is to do in all workspaces together, and what holds it up. Counts stop at the bound that was given.</summary>
public sealed record Workload
{
    /// <summary>The live tasks by state. Those that are scheduled, blocked or waiting share one bound.</summary>
    public required IReadOnlyDictionary<TaskState, long> Tasks { get; init; }

    /// <summary>The waiting ones of them by what they wait for.</summary>
    public required IReadOnlyDictionary<WaitingFor, long> Waiting { get; init; }

    /// <summary>Tasks that wait for somebody's decision, by workspace.</summary>
    public IReadOnlyDictionary<string, long> TasksAsking { get; init; } = new Dictionary<string, long>();

    /// <summary>Runs of which a step waits for a person, by workspace.</summary>
    public IReadOnlyDictionary<string, long> RunsAsking { get; init; } = new Dictionary<string, long>();

    /// <summary>The ready tasks of workspaces that are not paused.</summary>
    public required IReadOnlyList<ReadyLane> Ready { get; init; }

    /// <summary>How many workspaces there are.</summary>
    public required long Workspaces { get; init; }

    /// <summary>How many are paused by hand.</summary>
    public required long PausedByHand { get; init; }

    /// <summary>How many are paused by a fuse, by its name.</summary>
    public required IReadOnlyDictionary<string, long> PausedByFuse { get; init; }

    /// <summary>How many workspaces have a circuit that is not closed, by provider.</summary>
    public required IReadOnlyDictionary<string, long> OpenCircuits { get; init; }
}
