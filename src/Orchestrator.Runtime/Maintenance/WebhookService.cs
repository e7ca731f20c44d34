using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Time;
using Orchestrator.Runtime.Webhooks;
using Orchestrator.Storage.Webhooks;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Maintenance;

/// <summary>
/// Tells webhooks of what is due. Each has a pump of its own, so that one whose receiver is slow holds up no other. It runs
/// in every process, so that deliveries go on whoever dies.
/// </summary>
public sealed partial class WebhookService : MaintenanceService
{
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan AbandonedInterval = TimeSpan.FromMinutes(1);

    private const int BatchSize = 1_000;

    private readonly IDeliveryStore _deliveries;
    private readonly WebhookPump _pump;
    private readonly WebhookOptions _options;
    private readonly SignalHub _hub;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<WebhookService> _logger;
    private readonly ConcurrentDictionary<Guid, bool> _pumped = [];
    private readonly List<Task> _pumps = [];
    private volatile bool _hasWebhooks;
    private long _nextAbandoned;

    public WebhookService(
        IDeliveryStore deliveries,
        WebhookPump pump,
        IOptions<WebhookOptions> options,
        SignalHub hub,
        IRandomSource random,
        TimeProvider timeProvider,
        MaintenanceInstruments instruments,
        ILogger<WebhookService> logger)
        : base("webhooks", random, timeProvider, instruments, logger)
    {
        _deliveries = deliveries;
        _pump = pump;
        _options = options.Value;
        _hub = hub;
        _timeProvider = timeProvider;
        _logger = logger;
        hub.Ended += OnEnded;
    }

    /// <summary>Ends come with every settlement batch; this bounds the queries they cause.</summary>
    protected override TimeSpan Spacing => TimeSpan.FromMilliseconds(20);

    public override void Dispose()
    {
        _hub.Ended -= OnEnded;
        base.Dispose();
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(_pumps).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected internal override async Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken)
    {
        await GiveUpAbandonedAsync(cancellationToken).ConfigureAwait(false);
        var webhooks = await _deliveries.FindDueAsync(cancellationToken).ConfigureAwait(false);
        _hasWebhooks = webhooks.Count > 0;
        _pumps.RemoveAll(static pump => pump.IsCompleted);
        var pause = Jitter(LongestPause);
        foreach (var webhook in webhooks.Where(webhook => webhook.In is not null && !_pumped.ContainsKey(webhook.Id)).OrderBy(webhook => webhook.In))
        {
            if (webhook.In > TimeSpan.Zero)
            {
                pause = webhook.In.Value < pause ? webhook.In.Value : pause;
            }
            else if (_pumped.Count < _options.ConcurrentWebhooks && _pumped.TryAdd(webhook.Id, true))
            {
                _pumps.Add(Task.Run(() => PumpAsync(webhook.Id, cancellationToken), CancellationToken.None));
            }
        }

        return pause > ShortestPause ? pause : ShortestPause;
    }

    private async Task PumpAsync(Guid webhook, CancellationToken cancellationToken)
    {
        try
        {
            await _pump.RunAsync(webhook, cancellationToken).ConfigureAwait(false);
            _pumped.TryRemove(webhook, out _);
            Wake();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The process stops.
        }
        catch (Exception exception)
        {
            LogPumpFailed(exception, webhook);
            Instruments.OnFailed(Name);
            _pumped.TryRemove(webhook, out _);
        }
    }

    private async Task GiveUpAbandonedAsync(CancellationToken cancellationToken)
    {
        if (_timeProvider.GetTimestamp() >= _nextAbandoned)
        {
            Instruments.OnRows("abandoned-deliveries", await _deliveries.GiveUpAbandonedAsync(_options.GiveUpAfter, BatchSize, cancellationToken).ConfigureAwait(false));
            _nextAbandoned = _timeProvider.Add(_timeProvider.GetTimestamp(), AbandonedInterval);
        }
    }

    private void OnEnded(IReadOnlyList<Guid> taskIds)
    {
        if (_hasWebhooks)
        {
            Wake();
        }
    }

    [LoggerMessage(1641, LogLevel.Warning, "What is due of webhook {Webhook} could not be taken or written down; it is tried again.")]
    private partial void LogPumpFailed(Exception exception, Guid webhook);
}
