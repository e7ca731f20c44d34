using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Runs;
using Orchestrator.Runtime.Signals;
using Orchestrator.Storage.Runs;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Maintenance;

/// <summary>
/// Looks at runs that are due: decisions that nobody made in time, runs that take too long, work that found no room, and what a
/// process that died left undone. It runs in every process, gateways too; it also has the store's news of runs told on.
/// </summary>
public sealed class RunService : MaintenanceService
{
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);

    /// <summary>What is due and was not looked at is in the hands of another process.</summary>
    private static readonly TimeSpan PauseBehindOthers = TimeSpan.FromMilliseconds(100);

    private const int BatchSize = 200;

    private readonly IRunStore _runs;
    private readonly SignalHub _hub;

    public RunService(
        IRunStore runs,
        RunNews news,
        SignalHub hub,
        IRandomSource random,
        TimeProvider timeProvider,
        MaintenanceInstruments instruments,
        ILogger<RunService> logger)
        : base("runs", random, timeProvider, instruments, logger)
    {
        ArgumentNullException.ThrowIfNull(news);
        _runs = runs;
        _hub = hub;
        runs.Notices = news.Hear;
        hub.Due += Wake;
    }

    public override void Dispose()
    {
        _hub.Due -= Wake;
        base.Dispose();
    }

    protected internal override async Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken)
    {
        int looked;
        do
        {
            looked = await _runs.LookAsync(BatchSize, cancellationToken).ConfigureAwait(false);
            Instruments.OnRows(Name, looked);
        }
        while (looked >= BatchSize);

        var due = await _runs.FindNextDueAsync(cancellationToken).ConfigureAwait(false);
        if (due <= TimeSpan.Zero && looked == 0)
        {
            return Jitter(PauseBehindOthers);
        }

        var pause = due is { } next && next < LongestPause ? next : Jitter(LongestPause);
        return pause < ShortestPause ? ShortestPause : pause;
    }
}
