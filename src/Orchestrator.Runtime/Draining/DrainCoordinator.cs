using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Silos;

namespace Orchestrator.Runtime.Draining;

/// <summary>
/// Empties the silo before it stops: claim nothing more, hand back what waits for a slot, let attempts finish
/// for <see cref="SiloOptions.DrainTimeout"/>, then stop the rest and hand their tasks back with the attempt refunded. Everything else of the silo still runs meanwhile.
/// </summary>
public sealed partial class DrainCoordinator : IHostedLifecycleService, IDisposable
{
    /// <summary>How long stopped attempts may take to be handed back and their workers to go.</summary>
    public static readonly TimeSpan HandBackLimit = AttemptRunner.CancellationGrace + TimeSpan.FromSeconds(3);

    private readonly DrainState _state;
    private readonly AttemptRegistry _registry;
    private readonly SlotPool _slots;
    private readonly SiloRole _role;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly TimeSpan _drainTimeout;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<DrainCoordinator> _logger;
    private readonly WakeSignal _progress;
    private readonly Lock _lock = new();
    private Task? _drain;

    public DrainCoordinator(
        DrainState state,
        AttemptRegistry registry,
        SlotPool slots,
        SiloRole role,
        IHostApplicationLifetime lifetime,
        IOptions<SiloOptions> options,
        TimeProvider timeProvider,
        ILogger<DrainCoordinator> logger)
    {
        _state = state;
        _registry = registry;
        _slots = slots;
        _role = role;
        _lifetime = lifetime;
        _drainTimeout = options.Value.DrainTimeout;
        _timeProvider = timeProvider;
        _logger = logger;
        _progress = new WakeSignal(timeProvider);
        registry.Removed += _progress.Set;
        registry.ClaimEnded += _progress.Set;
        slots.Freed += _progress.Set;
    }

    private bool IsQuiet => _registry.IsQuiet && _slots.Busy == 0;

    /// <summary>Drains once, however often it is asked; completes when the silo is empty or its patience is over.</summary>
    public Task DrainAsync()
    {
        lock (_lock)
        {
            return _drain ??= Task.Run(DrainOnceAsync);
        }
    }

    /// <summary>Drains because somebody in the cluster asked for it; a process that is a silo and nothing else then stops.</summary>
    public void OnDrainRequested()
    {
        lock (_lock)
        {
            if (_drain is null)
            {
                _ = DrainAndStopAsync();
            }
        }
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => DrainAsync().WaitAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _registry.Removed -= _progress.Set;
        _registry.ClaimEnded -= _progress.Set;
        _slots.Freed -= _progress.Set;
    }

    private async Task DrainAndStopAsync()
    {
        await DrainAsync().ConfigureAwait(false);
        if (_role.StopsWhenDrained)
        {
            _lifetime.StopApplication();
        }
    }

    private async Task DrainOnceAsync()
    {
        _state.Begin();
        LogBegan(_registry.Count);
        if (!await WaitUntilQuietAsync(_drainTimeout, () => StopAll(StopReason.NotStarted)).ConfigureAwait(false))
        {
            LogHandingBack(_registry.Count);
            if (!await WaitUntilQuietAsync(HandBackLimit, () => StopAll(StopReason.Draining)).ConfigureAwait(false))
            {
                LogLeftBehind(_registry.Count, _slots.Busy);
                return;
            }
        }

        LogDrained();
    }

    private async Task<bool> WaitUntilQuietAsync(TimeSpan limit, Action eachTime)
    {
        var started = _timeProvider.GetTimestamp();
        while (true)
        {
            eachTime();
            if (IsQuiet)
            {
                return true;
            }

            var left = limit - _timeProvider.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            await _progress.WaitAsync(left, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private void StopAll(StopReason reason)
    {
        foreach (var attempt in _registry.Snapshot())
        {
            attempt.TryStop(reason);
        }
    }
}
