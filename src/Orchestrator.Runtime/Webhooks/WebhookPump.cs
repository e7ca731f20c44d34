using Microsoft.Extensions.Options;
using Orchestrator.Core.Retries;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Storage.Webhooks;
using Orchestrator.Telemetry;
using Orchestrator.Telemetry.Tracing;

namespace Orchestrator.Runtime.Webhooks;

/// <summary>Sends what is due of one webhook until nothing is, some at a time, and writes down how each went.</summary>
public sealed class WebhookPump(
    IDeliveryStore deliveries,
    WebhookSender sender,
    IOptions<WebhookOptions> options,
    IRandomSource random,
    TimeProvider timeProvider,
    WebhookInstruments instruments)
{
    /// <summary>How long after its time limit a try that nobody heard of is tried again.</summary>
    private static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(5);

    /// <summary>How long a process that stops may take to hand back what it was sending.</summary>
    private static readonly TimeSpan HandBackLimit = TimeSpan.FromSeconds(3);

    private const int Gone = 410;

    private readonly WebhookOptions _options = options.Value;

    public async Task RunAsync(Guid webhook, CancellationToken cancellationToken)
    {
        var open = new List<Task>();
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var claimed = await deliveries.ClaimAsync(
                    webhook, _options.ConcurrencyPerWebhook - open.Count, _options.Timeout + LeaseMargin, cancellationToken).ConfigureAwait(false);
                open.AddRange(claimed.Select(delivery => DeliverAsync(delivery, cancellationToken)));
                if (open.Count == 0)
                {
                    return;
                }

                await MakeRoomAsync(open).ConfigureAwait(false);
            }
        }
        finally
        {
            await Task.WhenAll(open).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until half of the requests have been answered, so that one claim takes several deliveries.</summary>
    private async Task MakeRoomAsync(List<Task> open)
    {
        do
        {
            var done = await Task.WhenAny(open).ConfigureAwait(false);
            open.Remove(done);
            await done.ConfigureAwait(false);
        }
        while (open.Count > _options.ConcurrencyPerWebhook / 2);
    }

    private async Task DeliverAsync(ClaimedDelivery delivery, CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        DeliveryOutcome outcome;
        try
        {
            using var span = DeliveryTraces.Begin(delivery.Type, delivery.Workspace, delivery.Webhook, delivery.Tries, delivery.Url, delivery.TraceParent);
            var answer = await sender.SendAsync(delivery, cancellationToken).ConfigureAwait(false);
            span?.Answered(answer.Status, answer.Error is null);
            instruments.OnAnswered(timeProvider.GetElapsedTime(started));
            outcome = OutcomeOf(delivery, answer);
        }
        catch (OperationCanceledException)
        {
            // Whether it arrived is not known; somebody else sends it again, at once.
            outcome = new DeliveryOutcome.Refused(null, "The process that sent it was stopped.", TimeSpan.Zero);
        }

        using var limit = new CancellationTokenSource(HandBackLimit, timeProvider);
        var state = await deliveries.SettleAsync(
            delivery, outcome, _options.GiveUpAfter, cancellationToken.IsCancellationRequested ? limit.Token : cancellationToken).ConfigureAwait(false);
        instruments.OnDelivery(state switch
        {
            DeliveryState.Delivered => WebhookInstruments.Delivered,
            DeliveryState.Failed => WebhookInstruments.Failed,
            _ => WebhookInstruments.Retried,
        });
    }

    private DeliveryOutcome OutcomeOf(ClaimedDelivery delivery, WebhookAnswer answer) => answer switch
    {
        { Error: null, Status: { } status } => new DeliveryOutcome.Accepted(status),
        { Status: Gone } => new DeliveryOutcome.Gone(Gone, "The receiver answered 410, so it wants nothing more."),
        _ => new DeliveryOutcome.Refused(answer.Status, answer.Error!, DelayAfter(delivery.Tries, answer.RetryAfter)),
    };

    /// <summary>Exponential with full jitter; a receiver may ask for more, up to the longest delay.</summary>
    private TimeSpan DelayAfter(int tries, TimeSpan? retryAfter)
    {
        var delay = new RetryPolicy(_options.RetryBaseDelay, _options.RetryMaxDelay).Ceiling(tries) * random.NextDouble();
        var asked = retryAfter < _options.RetryMaxDelay ? retryAfter.Value : retryAfter is null ? TimeSpan.Zero : _options.RetryMaxDelay;
        return asked > delay ? asked : delay;
    }
}
