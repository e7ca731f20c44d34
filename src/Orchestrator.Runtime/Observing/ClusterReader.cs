using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Runtime.Options;
using Orchestrator.Storage.Activity;
using Orchestrator.Storage.Silos;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Observing;

/// <summary>
/// Reads the figures of the whole cluster for whoever looks at them: once for all who ask at the same time, and so seldom that the
/// store spends no more than a fiftieth of a connection on it.
/// </summary>
public sealed partial class ClusterReader(
    IActivityStore activity,
    ISiloStore silos,
    IOptions<LeaseOptions> leases,
    TimeProvider timeProvider,
    ClusterInstruments instruments,
    ILogger<ClusterReader> logger)
{
    /// <summary>How old figures are at most that are given again; older where reading them takes long.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(2);

    /// <summary>How far each of the figures counts.</summary>
    public const int Most = 100_000;

    private const int RestPerWork = 50;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private Task<ClusterFigures?>? _last;
    private long _lastStarted;
    private TimeSpan _pause;

    /// <summary>The figures, of now or of a moment ago; null while they cannot be read. Never fails.</summary>
    public Task<ClusterFigures?> ReadAsync()
    {
        lock (_lock)
        {
            if (_last is { } last && (!last.IsCompleted || timeProvider.GetElapsedTime(_lastStarted) < _pause))
            {
                return last;
            }

            _lastStarted = timeProvider.GetTimestamp();
            return _last = Task.Run(ReadNowAsync);
        }
    }

    private async Task<ClusterFigures?> ReadNowAsync()
    {
        var started = timeProvider.GetTimestamp();
        using var limit = new CancellationTokenSource(Limit, timeProvider);
        try
        {
            var work = await activity.ReadWorkloadAsync(Most, limit.Token).ConfigureAwait(false);
            var figures = ClusterCount.Of(work, await silos.ListAsync(leases.Value.Duration, limit.Token).ConfigureAwait(false));
            instruments.OnRead(figures);
            return figures;
        }
        catch (Exception exception)
        {
            LogNotRead(exception);
            instruments.OnReadFailed();
            return null;
        }
        finally
        {
            var rest = timeProvider.GetElapsedTime(started) * RestPerWork;
            _pause = rest > KeptFor ? rest : KeptFor;
        }
    }

    [LoggerMessage(1661, LogLevel.Warning, "The figures of the cluster could not be read; metrics are without them.")]
    private partial void LogNotRead(Exception exception);
}
