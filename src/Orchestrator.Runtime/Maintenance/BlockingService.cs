using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Signals;
using Orchestrator.Storage.Blocking;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Maintenance;

/// <summary>
/// Raises tasks for which others come to wait, and lowers them when fewer wait: at once where that is this process's doing, and by
/// and by what a process that died left undone.
/// </summary>
public sealed class BlockingService : MaintenanceService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private const int BatchSize = 200;

    private readonly IBlockingStore _blocking;
    private readonly SignalHub _hub;

    public BlockingService(
        IBlockingStore blocking,
        SignalHub hub,
        IRandomSource random,
        TimeProvider timeProvider,
        MaintenanceInstruments instruments,
        ILogger<BlockingService> logger)
        : base("blocking", random, timeProvider, instruments, logger)
    {
        _blocking = blocking;
        _hub = hub;
        hub.BlockingChanged += Wake;
    }

    public override void Dispose()
    {
        _hub.BlockingChanged -= Wake;
        base.Dispose();
    }

    protected internal override async Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken)
    {
        var followed = await _blocking.FollowAsync(BatchSize, cancellationToken).ConfigureAwait(false);
        Instruments.OnRows(Name, followed);
        return followed > 0 ? TimeSpan.Zero : Jitter(Interval);
    }
}
