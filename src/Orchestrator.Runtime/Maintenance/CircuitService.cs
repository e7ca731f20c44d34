using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Signals;
using Orchestrator.Storage.Circuits;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Maintenance;

/// <summary>
/// Wakes tasks that wait for a provider: when it is time for a probe, and when its circuit has closed. It runs in every process, so
/// that no circuit hangs on one of them.
/// </summary>
public sealed class CircuitService : MaintenanceService
{
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly ICircuitStore _circuits;
    private readonly SignalHub _hub;

    public CircuitService(
        ICircuitStore circuits,
        SignalHub hub,
        IRandomSource random,
        TimeProvider timeProvider,
        MaintenanceInstruments instruments,
        ILogger<CircuitService> logger)
        : base("circuits", random, timeProvider, instruments, logger)
    {
        _circuits = circuits;
        _hub = hub;
        hub.Parked += Wake;
    }

    public override void Dispose()
    {
        _hub.Parked -= Wake;
        base.Dispose();
    }

    protected internal override async Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken)
    {
        var woken = await _circuits.WakeAsync(cancellationToken).ConfigureAwait(false);
        if (woken.Count > 0)
        {
            _hub.SignalReady();
            _hub.SignalChanged(woken);
        }

        return await _circuits.FindNextLookAsync(cancellationToken).ConfigureAwait(false) is { } due && due < LongestPause ? due : Jitter(LongestPause);
    }
}
