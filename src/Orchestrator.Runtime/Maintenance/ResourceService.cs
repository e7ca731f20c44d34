using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Signals;
using Orchestrator.Storage.Resources;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Maintenance;

/// <summary>
/// Wakes tasks that wait for a resource when there is enough of it: when its time has come, when a limit was changed and, while
/// somebody waits for a permit, when attempts have ended. It runs in every process, so that no queue hangs on one of them.
/// </summary>
public sealed class ResourceService : MaintenanceService
{
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly IResourceStore _resources;
    private readonly SignalHub _hub;
    private readonly ResourceInstruments _resourceInstruments;
    private volatile bool _looksAfterEnds;
    private int _ended;

    public ResourceService(
        IResourceStore resources,
        SignalHub hub,
        IRandomSource random,
        TimeProvider timeProvider,
        MaintenanceInstruments instruments,
        ResourceInstruments resourceInstruments,
        ILogger<ResourceService> logger)
        : base("resources", random, timeProvider, instruments, logger)
    {
        _resources = resources;
        _hub = hub;
        _resourceInstruments = resourceInstruments;
        hub.Due += Wake;
        hub.Parked += Wake;
        hub.AttemptsEnded += OnAttemptsEnded;
        hub.Ended += OnEnded;
    }

    public override void Dispose()
    {
        _hub.Due -= Wake;
        _hub.Parked -= Wake;
        _hub.AttemptsEnded -= OnAttemptsEnded;
        _hub.Ended -= OnEnded;
        base.Dispose();
    }

    protected internal override async Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken)
    {
        var afterEnds = Interlocked.Exchange(ref _ended, 0) != 0;
        var woken = await _resources.WakeAsync(afterEnds, cancellationToken).ConfigureAwait(false);
        if (woken.Count > 0)
        {
            _resourceInstruments.OnWoken(woken.Count);
            _hub.SignalReady();
            _hub.SignalChanged(woken);
        }

        var next = await _resources.FindNextLookAsync(cancellationToken).ConfigureAwait(false);
        _looksAfterEnds = next.AfterEnds;
        return next.In is { } due && due < LongestPause ? due : Jitter(LongestPause);
    }

    private void OnEnded(IReadOnlyList<Guid> taskIds) => OnAttemptsEnded();

    private void OnAttemptsEnded()
    {
        if (_looksAfterEnds)
        {
            Volatile.Write(ref _ended, 1);
            Wake();
        }
    }
}
