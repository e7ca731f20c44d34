using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Runtime.Maintenance;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Silos;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Silos;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Remote;

/// <summary>Reports the remote workers that ask this process for tasks, as a silo of their own, for as long as some do.</summary>
public sealed partial class RemoteReporter : MaintenanceService
{
    private static readonly TimeSpan RemoveLimit = TimeSpan.FromSeconds(2);

    private readonly ISiloStore _silos;
    private readonly IRemoteLeaseStore _leases;
    private readonly RemoteSightings _sightings;
    private readonly RemoteActions _actions;
    private readonly RemoteDispatcher _dispatcher;
    private readonly RemoteTurns _turns;
    private readonly SiloIdentity _identity;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<RemoteReporter> _logger;
    private bool _isListed;

    public RemoteReporter(
        ISiloStore silos,
        IRemoteLeaseStore leases,
        RemoteSightings sightings,
        RemoteActions actions,
        RemoteDispatcher dispatcher,
        RemoteTurns turns,
        SiloIdentity identity,
        IOptions<LeaseOptions> leaseOptions,
        IRandomSource random,
        TimeProvider timeProvider,
        MaintenanceInstruments instruments,
        ILogger<RemoteReporter> logger)
        : base("remote-reporter", random, timeProvider, instruments, logger)
    {
        _silos = silos;
        _leases = leases;
        _sightings = sightings;
        _actions = actions;
        _dispatcher = dispatcher;
        _turns = turns;
        _identity = identity;
        _interval = leaseOptions.Value.HeartbeatInterval;
        _timeProvider = timeProvider;
        _logger = logger;
        sightings.Appeared += Wake;
    }

    protected override TimeSpan Spacing => TimeSpan.FromMilliseconds(50);

    public override void Dispose()
    {
        _sightings.Appeared -= Wake;
        base.Dispose();
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        if (!_isListed)
        {
            return;
        }

        using var limit = new CancellationTokenSource(RemoveLimit, _timeProvider);
        try
        {
            await _silos.RemoveAsync(_turns.SiloId, limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogNotRemoved(exception);
        }
    }

    protected internal override async Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken)
    {
        if (_sightings.Describe(_actions) is { } seen)
        {
            var busy = await _leases.CountAsync(_turns.SiloId, cancellationToken).ConfigureAwait(false);
            _isListed = true;
            if (await _silos.ReportAsync(ToRecord(seen.Free, busy, seen.Actions), cancellationToken).ConfigureAwait(false))
            {
                _dispatcher.Close();
            }
        }
        else if (_isListed)
        {
            await _silos.RemoveAsync(_turns.SiloId, cancellationToken).ConfigureAwait(false);
            _isListed = false;
        }

        return _interval;
    }

    private SiloRecord ToRecord(int free, int busy, IReadOnlyList<SiloAction> actions) => new()
    {
        Id = _turns.SiloId,
        Name = _turns.Name,
        Host = _identity.Host,
        ProcessId = _identity.ProcessId,
        Slots = free + busy,
        Busy = busy,
        Actions = actions,
        Draining = _dispatcher.IsClosed,
        StartedAt = _identity.StartedAt,
    };

    [LoggerMessage(1622, LogLevel.Warning, "The remote workers could not be taken out of the list of silos; they disappear with their last report.")]
    private partial void LogNotRemoved(Exception exception);
}
