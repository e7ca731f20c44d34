using System.Collections.ObjectModel;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Runtime.Draining;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Silos;
using Orchestrator.Runtime.Skills;
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
    private readonly LaneBoard _lanes;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<SiloReporter> _logger;
    private volatile IReadOnlyDictionary<string, int> _room = ReadOnlyDictionary<string, int>.Empty;

    public SiloReporter(
        ISiloStore silos,
        SiloIdentity identity,
        SlotPool slots,
        ActionCatalog catalog,
        DrainState drain,
        DrainCoordinator coordinator,
        SignalHub hub,
        LaneBoard lanes,
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
        _lanes = lanes;
        _interval = leaseOptions.Value.HeartbeatInterval;
        _timeProvider = timeProvider;
        _logger = logger;
        hub.DrainRequested += Wake;
        drain.Began += Wake;
        catalog.Changed += Wake;
        slots.Freed += OnRoomChanged;
        lanes.Taken += OnRoomChanged;
    }

    protected override TimeSpan Spacing => TimeSpan.FromMilliseconds(50);

    public override void Dispose()
    {
        _hub.DrainRequested -= Wake;
        _drain.Began -= Wake;
        _catalog.Changed -= Wake;
        _slots.Freed -= OnRoomChanged;
        _lanes.Taken -= OnRoomChanged;
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
        var room = FindRoom();
        _room = room;
        if (await _silos.ReportAsync(Describe(room), cancellationToken).ConfigureAwait(false))
        {
            _coordinator.OnDrainRequested();
        }

        return _interval;
    }

    /// <summary>Others leave tasks that name skills to this silo while it says that it is free, so they are told at once when that changes.</summary>
    private void OnRoomChanged()
    {
        if (_lanes.IsInUse)
        {
            var told = _room;
            var now = FindRoom();
            if (now.Count != told.Count || now.Any(action => (action.Value > 0) != (told.GetValueOrDefault(action.Key) > 0)))
            {
                Wake();
            }
        }
    }

    /// <summary>How many more attempts could begin of each action that declares skills.</summary>
    private Dictionary<string, int> FindRoom()
    {
        var entries = _catalog.Entries;
        if (!entries.Values.Any(static entry => entry.Skills.Count > 0))
        {
            return [];
        }

        var offer = _slots.FindOffer(entries.Values);
        var offered = offer.Actions.ToDictionary(static action => action.Action, action => Math.Min(action.Free, offer.Slots));
        return entries.Values.Where(static entry => entry.Skills.Count > 0).ToDictionary(static entry => entry.Name, entry => offered.GetValueOrDefault(entry.Name));
    }

    private SiloRecord Describe(IReadOnlyDictionary<string, int> room) => new()
    {
        Id = _identity.Id,
        Name = _identity.Name,
        Host = _identity.Host,
        ProcessId = _identity.ProcessId,
        Slots = _slots.Size,
        Busy = _slots.Busy,
        Actions = _catalog.Describe(room),
        Draining = _drain.IsDraining,
        StartedAt = _identity.StartedAt,
    };

    [LoggerMessage(1621, LogLevel.Warning, "The silo could not take its leave; it disappears from lists with its last report.")]
    private partial void LogNotRemoved(Exception exception);
}
