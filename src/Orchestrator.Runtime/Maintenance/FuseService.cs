using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Fuses;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Signals;
using Orchestrator.Storage.Fuses;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Maintenance;

/// <summary>
/// Settles what ended attempts cost the budgets of their workspaces, so that warnings and trips come in time, however an attempt
/// ended. Closes the pending caps that have room again. It runs in every process.
/// </summary>
public sealed class FuseService : MaintenanceService
{
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>How often tasks are counted where a pending cap was reached and nobody submits.</summary>
    public static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(10);

    private const int BatchSize = 100;

    private readonly IFuseStore _fuses;
    private readonly FuseWatch _watch;
    private readonly SignalHub _hub;
    private readonly TimeProvider _timeProvider;
    private volatile bool _looksAfterEnds;
    private DateTimeOffset _nextCount;

    public FuseService(
        IFuseStore fuses,
        FuseWatch watch,
        SignalHub hub,
        IRandomSource random,
        TimeProvider timeProvider,
        MaintenanceInstruments instruments,
        ILogger<FuseService> logger)
        : base("fuses", random, timeProvider, instruments, logger)
    {
        _fuses = fuses;
        _watch = watch;
        _hub = hub;
        _timeProvider = timeProvider;
        hub.AttemptsEnded += OnAttemptsEnded;
        hub.Ended += OnEnded;
    }

    /// <summary>Ends come with every settlement batch; this bounds the queries they cause.</summary>
    protected override TimeSpan Spacing => TimeSpan.FromMilliseconds(50);

    public override void Dispose()
    {
        _hub.AttemptsEnded -= OnAttemptsEnded;
        _hub.Ended -= OnEnded;
        base.Dispose();
    }

    protected internal override async Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken)
    {
        var unsettled = await _fuses.FindUnsettledAsync(BatchSize, cancellationToken).ConfigureAwait(false);
        await _watch.CheckAsync(unsettled, cancellationToken).ConfigureAwait(false);
        _looksAfterEnds = await _fuses.AnyReservedAsync(cancellationToken).ConfigureAwait(false);
        if (_timeProvider.GetUtcNow() is var now && now >= _nextCount)
        {
            await _fuses.CloseWithRoomAsync(BatchSize, cancellationToken).ConfigureAwait(false);
            _nextCount = now + Jitter(CountEvery);
        }

        return unsettled.Count < BatchSize ? Jitter(LongestPause) : TimeSpan.Zero;
    }

    private void OnEnded(IReadOnlyList<Guid> taskIds) => OnAttemptsEnded();

    private void OnAttemptsEnded()
    {
        if (_looksAfterEnds)
        {
            Wake();
        }
    }
}
