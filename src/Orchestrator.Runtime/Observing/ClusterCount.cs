using Orchestrator.Core.Fuses;
using Orchestrator.Core.Scheduling;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Activity;
using Orchestrator.Storage.Silos;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Observing;

/// <summary>Makes the figures of the cluster of its work and of the silos that are there.</summary>
internal static class ClusterCount
{
    private const string ByHand = "hand";

    private static readonly Fuse[] PausingFuses = [Fuse.AntiLoop, Fuse.Budget];

    public static ClusterFigures Of(Workload work, IReadOnlyList<SiloRecord> silos)
    {
        var served = new ServedLanes(silos);
        var busy = silos.Sum(static silo => (long)Math.Min(silo.Busy, silo.Slots));
        return new ClusterFigures
        {
            SlotsDemanded = work.Tasks.GetValueOrDefault(TaskState.Processing) + FindClaimable(work.Ready, served, silos.Count > 0),
            Tasks = Enum.GetValues<TaskState>().Where(static state => !state.IsTerminal()).ToDictionary(static state => state.ToName(), state => work.Tasks.GetValueOrDefault(state)),
            TasksWaiting = Enum.GetValues<WaitingFor>().ToDictionary(static reason => reason.ToName(), reason => work.Waiting.GetValueOrDefault(reason)),
            TasksAsking = work.TasksAsking,
            RunsAsking = work.RunsAsking,
            TasksUnservable = work.Ready.Where(lane => !served.Has(lane.Lane)).GroupBy(static lane => TaskLane.ActionOf(lane.Lane), StringComparer.Ordinal)
                .ToDictionary(static action => action.Key, static action => action.Sum(static lane => lane.Tasks), StringComparer.Ordinal),
            Silos = new Dictionary<string, long> { ["active"] = silos.Count(static silo => !silo.Draining), ["draining"] = silos.Count(static silo => silo.Draining) },
            SiloSlots = new Dictionary<string, long> { ["busy"] = busy, ["free"] = silos.Sum(static silo => (long)silo.Slots) - busy },
            Workspaces = work.Workspaces,
            WorkspacesPaused = PausingFuses.Select(static fuse => fuse.ToName()).ToDictionary(static fuse => fuse, fuse => work.PausedByFuse.GetValueOrDefault(fuse))
                .Append(new(ByHand, work.PausedByHand)).ToDictionary(),
            CircuitsOpen = work.OpenCircuits,
        };
    }

    /// <summary>
    /// How many ready tasks may start. What no silo serves would not be served by one more like them; where none is there at all, the
    /// first is waited for.
    /// </summary>
    private static long FindClaimable(IReadOnlyList<ReadyLane> ready, ServedLanes served, bool hasSilos) => ready
        .Where(lane => (!hasSilos || served.Has(lane.Lane)) && (!lane.IsShortOfMoney || served.IsFree(lane.Lane)))
        .GroupBy(static lane => (lane.WorkspaceKey, lane.Room))
        .Sum(static workspace => Math.Min(workspace.Key.Room ?? long.MaxValue, workspace.Sum(static lane => lane.Tasks)));
}
