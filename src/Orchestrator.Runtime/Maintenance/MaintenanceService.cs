using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Hosting;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Time;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Maintenance;

/// <summary>
/// The skeleton of what runs over and over beside the work: a round, a pause that a signal may cut short, and after a
/// failure a growing pause instead. Rounds are idempotent, so that any number of processes may run them at the same time.
/// </summary>
public abstract partial class MaintenanceService : StartedService
{
    private static readonly TimeSpan FirstPauseAfterFailure = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPauseAfterFailure = TimeSpan.FromSeconds(5);

    private readonly WakeSignal _wake;
    private readonly Backoff _backoff;
    private readonly IRandomSource _random;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;

    /// <param name="name">The service's name in logs and metrics.</param>
    protected MaintenanceService(string name, IRandomSource random, TimeProvider timeProvider, MaintenanceInstruments instruments, ILogger logger)
    {
        Name = name;
        _random = random;
        _timeProvider = timeProvider;
        _logger = logger;
        Instruments = instruments;
        _wake = new WakeSignal(timeProvider);
        _backoff = new Backoff(FirstPauseAfterFailure, LongestPauseAfterFailure, random);
        instruments.OnServiceKnown(name);
    }

    public string Name { get; }

    protected MaintenanceInstruments Instruments { get; }

    /// <summary>The shortest time between two rounds, however often the service is woken.</summary>
    protected virtual TimeSpan Spacing => TimeSpan.FromMilliseconds(10);

    /// <summary>One round; answers how long to pause unless woken.</summary>
    protected internal abstract Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken);

    /// <summary>Makes the next round start now.</summary>
    protected void Wake() => _wake.Set();

    /// <summary>A pause between four and six fifths of the given one, so that processes do not fall into step.</summary>
    protected TimeSpan Jitter(TimeSpan pause) => pause * (0.8 + (0.4 * _random.NextDouble()));

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var pause = await RunRoundAsync(stoppingToken).ConfigureAwait(false);
                _backoff.Reset();
                await _timeProvider.PauseAsync(Spacing, stoppingToken).ConfigureAwait(false);
                await _wake.WaitAsync(pause > Spacing ? pause - Spacing : TimeSpan.Zero, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogRoundFailed(exception, Name);
                Instruments.OnFailed(Name);
                await _timeProvider.PauseAsync(_backoff.Next(), stoppingToken).ConfigureAwait(false);
            }
        }
    }

    [LoggerMessage(1601, LogLevel.Warning, "A round of {Service} failed; it is tried again.")]
    private partial void LogRoundFailed(Exception exception, string service);
}
