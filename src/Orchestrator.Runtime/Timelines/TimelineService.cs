using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Runtime.Maintenance;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Silos;
using Orchestrator.Storage.Failures;
using Orchestrator.Storage.Timelines;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Timelines;

/// <summary>
/// Writes what <see cref="TimelineRecorder"/> gathers, every few seconds and when the process stops. It runs in every process; what
/// one that dies has not written is missing in charts, and nowhere else.
/// </summary>
public sealed partial class TimelineService : MaintenanceService
{
    /// <summary>How long the last write may take while the process stops.</summary>
    private static readonly TimeSpan LastWriteLimit = TimeSpan.FromSeconds(3);

    private readonly ITimelineStore _timelines;
    private readonly IErrorStore _errors;
    private readonly TimelineRecorder _recorder;
    private readonly Guid _process;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<TimelineService> _logger;

    public TimelineService(
        ITimelineStore timelines,
        IErrorStore errors,
        TimelineRecorder recorder,
        SiloIdentity identity,
        IOptions<TimelineOptions> options,
        IRandomSource random,
        TimeProvider timeProvider,
        MaintenanceInstruments instruments,
        ILogger<TimelineService> logger)
        : base("timeline", random, timeProvider, instruments, logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _timelines = timelines;
        _errors = errors;
        _recorder = recorder;
        _process = identity.Id;
        _interval = options.Value.FlushInterval;
        _timeProvider = timeProvider;
        _logger = logger;
        timelines.News = recorder.OnNews;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var limit = new CancellationTokenSource(LastWriteLimit, _timeProvider);
            await FlushAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogLastWriteFailed(exception);
        }
    }

    protected internal override async Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        return Jitter(_interval);
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        var buckets = _recorder.ListBuckets();
        var changed = buckets.Select(static bucket => (Bucket: bucket, Rows: bucket.TakeChanged())).ToList();
        try
        {
            var rows = changed.SelectMany(static one => one.Rows).ToList();
            _recorder.FollowClock(await _timelines.WriteAsync(_process, rows, cancellationToken).ConfigureAwait(false));
            Instruments.OnRows(Name, rows.Count);
        }
        catch
        {
            changed.Where(static one => one.Rows.Count > 0).ToList().ForEach(static one => one.Bucket.MarkChanged());
            if (_recorder.ForgetBeyondBound() is > 0 and var forgotten)
            {
                LogForgotten(forgotten);
            }

            throw;
        }

        // What nobody has added to for a whole interval is over.
        changed.Where(static one => one.Rows.Count == 0).ToList().ForEach(one => _recorder.Forget(one.Bucket));
        await WriteErrorsAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteErrorsAsync(CancellationToken cancellationToken)
    {
        var gathered = _recorder.Errors.Take();
        try
        {
            await _errors.WriteAsync(gathered, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _recorder.Errors.Add(gathered);
            throw;
        }
    }

    [LoggerMessage(1651, LogLevel.Warning, "What was gathered for charts last could not be written.")]
    private partial void LogLastWriteFailed(Exception exception);

    [LoggerMessage(1652, LogLevel.Warning, "{Buckets} buckets of the timeline were forgotten, because the store was away for too long.")]
    private partial void LogForgotten(int buckets);
}
