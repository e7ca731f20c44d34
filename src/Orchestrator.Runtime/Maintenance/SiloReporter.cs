using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Runtime.Draining;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Silos;
using Orchestrator.Storage.Silos;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Maintenance;

/// <summary>Reports the silo to the others, hears from them that it should drain, and takes its leave at the end.</summary>
public sealed partial class SiloReporter : MaintenanceService
{
    private static readonly TimeSpan RemoveLimit = TimeSpan.FromSeconds(2);

    private readonly ISiloStore _silos;
    private readonly SiloIdentity _identity;
    private readonly SlotPool _slots;
    private readonly ActionCatalog _catalog;
    private readonly DrainState _drain;
    private readonly DrainCoordinator _coordinator;
    private readonly SignalHub _hub;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<SiloReporter> _logger;

    public SiloReporter(
        ISiloStore silos,
        SiloIdentity identity,
        SlotPool slots,
        ActionCatalog catalog,
        DrainState drain,
        DrainCoordinator coordinator,
        SignalHub hub,
        IOptions<LeaseOptions> leaseOptions,
        IRandomSource random,
        TimeProvider timeProvider,
        MaintenanceInstruments instruments,
        ILogger<SiloReporter> logger)
        : base("silo-reporter", random, timeProvider, instruments, logger)
    {
        _silos = silos;
        _identity = identity;
        _slots = slots;
        _catalog = catalog;
        _drain = drain;
        _coordinator = coordinator;
        _hub = hub;
        _interval = leaseOptions.Value.HeartbeatInterval;
        _timeProvider = timeProvider;
        _logger = logger;
        hub.DrainRequested += Wake;
        drain.Began += Wake;
        catalog.Changed += Wake;
    }

    public override void Dispose()
    {
        _hub.DrainRequested -= Wake;
        _drain.Began -= Wake;
        _catalog.Changed -= Wake;
        base.Dispose();
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        using var limit = new CancellationTokenSource(RemoveLimit, _timeProvider);
        try
        {
            await _silos.RemoveAsync(_identity.Id, limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogNotRemoved(exception);
        }
    }

    protected internal override async Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken)
    {
        if (await _silos.ReportAsync(Describe(), cancellationToken).ConfigureAwait(false))
        {
            _coordinator.OnDrainRequested();
        }

        return _interval;
    }

    private SiloRecord Describe() => new()
    {
        Id = _identity.Id,
        Name = _identity.Name,
        Host = _identity.Host,
        ProcessId = _identity.ProcessId,
        Slots = _slots.Size,
        Busy = _slots.Busy,
        Actions = _catalog.Describe(),
        Draining = _drain.IsDraining,
        StartedAt = _identity.StartedAt,
    };

    [LoggerMessage(1621, LogLevel.Warning, "The silo could not take its leave; it disappears from lists with its last report.")]
    private partial void LogNotRemoved(Exception exception);
}
