using Orchestrator.Core.Fuses;
using Orchestrator.Runtime.Signals;
using Orchestrator.Storage.Fuses;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Fuses;

/// <summary>Has the store look at fuses, counts those that trip, and tells who waits when tasks may go on.</summary>
public sealed class FuseWatch(IFuseStore fuses, SignalHub hub, FuseInstruments instruments)
{
    public async Task CheckAsync(IReadOnlyCollection<HeldWorkspace> workspaces, CancellationToken cancellationToken)
    {
        if (workspaces.Count == 0)
        {
            return;
        }

        var check = await fuses.CheckAsync(workspaces, cancellationToken).ConfigureAwait(false);
        foreach (var trip in check.Trips)
        {
            instruments.OnTripped(trip.Fuse.ToName());
        }

        if (check.MayGoOn)
        {
            hub.SignalReady();
        }
    }
}
