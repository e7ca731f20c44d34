using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Maintenance;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Signals;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Agents;

/// <summary>Keeps the <see cref="AgentDirectory"/> of a silo current: at once when some process tells of a change, and every few seconds.</summary>
public sealed class AgentService : MaintenanceService
{
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly AgentDirectory _directory;
    private readonly SignalHub _hub;

    public AgentService(
        AgentDirectory directory,
        SignalHub hub,
        IRandomSource random,
        TimeProvider timeProvider,
        MaintenanceInstruments instruments,
        ILogger<AgentService> logger)
        : base("agents", random, timeProvider, instruments, logger)
    {
        _directory = directory;
        _hub = hub;
        hub.AgentsChanged += Wake;
    }

    public override void Dispose()
    {
        _hub.AgentsChanged -= Wake;
        base.Dispose();
    }

    protected internal override async Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken)
    {
        await _directory.RefreshAsync(cancellationToken).ConfigureAwait(false);
        return Jitter(LongestPause);
    }
}
