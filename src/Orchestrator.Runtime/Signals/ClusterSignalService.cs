using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Ids;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Time;
using Orchestrator.Storage.Signals;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Signals;

/// <summary>
/// Carries hints between this process and the others: at most one is sent in <see cref="SendInterval"/>, and the listening
/// connection is reopened whenever it breaks. What is lost meanwhile is made good by polls.
/// </summary>
public sealed partial class ClusterSignalService(
    SignalHub hub,
    ISignalTransport transport,
    IIdSource ids,
    IRandomSource random,
    TimeProvider timeProvider,
    SignalInstruments instruments,
    ILogger<ClusterSignalService> logger) : BackgroundService
{
    public static readonly TimeSpan SendInterval = TimeSpan.FromMilliseconds(2);

    private readonly string _self = ids.NewSiloId().ToString("n", CultureInfo.InvariantCulture)[^12..];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        transport.ReachesOthers ? Task.WhenAll(SendAsync(stoppingToken), ListenAsync(stoppingToken)) : Task.CompletedTask;

    private async Task SendAsync(CancellationToken stoppingToken)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), random);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var hint = await hub.TakeOutgoingAsync(stoppingToken).ConfigureAwait(false);
                if (hint.IsEmpty)
                {
                    continue;
                }

                await transport.SendAsync(SignalChannel.Hints, ClusterHintFormat.Write(_self, hint), stoppingToken).ConfigureAwait(false);
                instruments.OnSent();
                backoff.Reset();
                await Task.Delay(SendInterval, timeProvider, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogSendFailed(exception);
                instruments.OnFailed();
                await timeProvider.PauseAsync(backoff.Next(), stoppingToken).ConfigureAwait(false);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), random);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // What was sent before may have been missed.
                await transport.ListenAsync(
                    SignalChannel.Hints,
                    () => hub.Receive(ClusterHint.Everything),
                    payload =>
                    {
                        backoff.Reset();
                        Receive(payload);
                    },
                    stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogListenFailed(exception);
                instruments.OnFailed();
            }

            await timeProvider.PauseAsync(backoff.Next(), stoppingToken).ConfigureAwait(false);
        }
    }

    private void Receive(string payload)
    {
        if (ClusterHintFormat.TryRead(payload, out var sender, out var hint) && sender != _self)
        {
            instruments.OnReceived();
            hub.Receive(hint);
        }
    }
}
