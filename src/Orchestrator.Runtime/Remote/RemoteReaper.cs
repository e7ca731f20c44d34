using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Maintenance;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Storage.Leases;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Remote;

/// <summary>Takes tasks from remote workers that fell silent or took too long. It runs in every process.</summary>
public sealed partial class RemoteReaper(
    IRemoteLeaseStore leases,
    RemoteAttempts attempts,
    IRandomSource random,
    TimeProvider timeProvider,
    MaintenanceInstruments instruments,
    ILogger<RemoteReaper> logger)
    : MaintenanceService("remote-reaper", random, timeProvider, instruments, logger)
{
    private const int BatchSize = 500;

    protected internal override async Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken)
    {
        var expired = await leases.FindExpiredAsync(BatchSize, cancellationToken).ConfigureAwait(false);
        var taken = (await Task.WhenAll(expired.Select(attempts.ReapAsync)).ConfigureAwait(false)).Count(static reaped => reaped);
        if (taken > 0)
        {
            Instruments.OnRows("reaped", taken);
            LogReaped(taken);
        }

        return expired.Count < BatchSize ? Jitter(LeaseReaper.Interval) : TimeSpan.Zero;
    }

    [LoggerMessage(1613, LogLevel.Warning, "{Count} tasks were taken from remote workers that fell silent or took too long.")]
    private partial void LogReaped(int count);
}
