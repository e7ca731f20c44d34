using Microsoft.Extensions.Options;
using Orchestrator.Core.Scheduling;
using Orchestrator.Runtime.Fuses;
using Orchestrator.Runtime.Ids;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Silos;
using Orchestrator.Runtime.Skills;
using Orchestrator.Storage.Silos;
using Orchestrator.Storage.Turns;
using Orchestrator.Telemetry;
using Orchestrator.Telemetry.Tracing;

namespace Orchestrator.Runtime.Remote;

/// <summary>Takes turns in the name of remote workers, with all that a turn entails for others.</summary>
public sealed class RemoteTurns(
    ITurnStore turns,
    ISiloStore silos,
    SignalHub hub,
    FuseWatch fuses,
    IIdSource ids,
    SiloIdentity identity,
    IOptions<LeaseOptions> leaseOptions,
    TimeProvider timeProvider,
    DispatchInstruments instruments,
    ResourceInstruments resources)
{
    /// <summary>In whose name tasks are leased: all remote workers of this process.</summary>
    public Guid SiloId { get; } = ids.NewSiloId();

    /// <summary>What all remote workers of this process are called together.</summary>
    public string Name => $"{identity.Name} remote workers";

    /// <summary>What a group offers: all its slots together, with the lanes of its skills that have ready tasks.</summary>
    internal async Task<TurnRequest> OfferAsync(RemoteGroup group, int asked, CancellationToken cancellationToken)
    {
        var slots = Math.Min(asked, RemoteOffer.MaxSlots);
        var lanes = await FindLanesAsync(group.Offer, cancellationToken).ConfigureAwait(false);
        var actions = group.Actions.Select(action => new ActionCapacity(action.Name, slots)
        {
            MaxCost = action.MaxCost,
            Provider = action.Provider,
            Lanes = [.. lanes[action.Name]],
        });
        return new TurnRequest(SiloId, slots, [.. actions], leaseOptions.Value.Duration) { IsRemote = true, Workspaces = group.Offer.Workspaces };
    }

    internal async Task<TurnResult> TakeAsync(TurnRequest request, CancellationToken cancellationToken)
    {
        var sent = timeProvider.GetTimestamp();
        var result = await turns.TakeAsync(request, cancellationToken).ConfigureAwait(false);
        instruments.OnTurn(timeProvider.GetElapsedTime(sent), result.Tasks.Count);
        hub.SignalChanged([.. result.Tasks.Select(static task => task.Lease.TaskId)]);
        resources.OnParked(result.Parked);
        if (result.Parked + result.Gated > 0)
        {
            hub.SignalParkedHere();
        }

        return result;
    }

    /// <summary>Shows a turn to who looks; answers what its attempts name.</summary>
    /// <param name="tasks">What it leased.</param>
    /// <param name="sent">Taken before it was asked for.</param>
    internal string? Trace(IReadOnlyList<ClaimedTask> tasks, long sent) => AttemptTraces.IsOn && tasks.Count > 0
        ? AttemptTraces.Turn(
            Name, tasks.Count, [.. tasks.Select(static task => task.TraceParent).OfType<string>()], timeProvider.GetUtcNow() - timeProvider.GetElapsedTime(sent))
        : null;

    /// <summary>Has the fuses looked at that held something back.</summary>
    internal Task CheckFusesAsync(TurnResult result, CancellationToken cancellationToken) => fuses.CheckAsync(result.Held, cancellationToken);

    /// <summary>The lanes with ready tasks that name nothing but the worker's skills, by action.</summary>
    private async Task<ILookup<string, string>> FindLanesAsync(RemoteOffer offer, CancellationToken cancellationToken)
    {
        var skills = offer.Actions.SelectMany(_ => offer.Skills.Keys, static (action, skill) => TaskLane.Of(action, [skill])).ToList();
        IReadOnlyList<string> lanes = skills.Count == 0
            ? []
            : await silos.FindReadyLanesAsync(skills, LaneService.MaxLanes, cancellationToken).ConfigureAwait(false);
        return lanes.ToLookup(TaskLane.ActionOf, StringComparer.Ordinal);
    }
}
