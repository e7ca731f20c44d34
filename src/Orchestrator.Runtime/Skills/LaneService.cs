using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Core.Scheduling;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Maintenance;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Silos;
using Orchestrator.Storage.Silos;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Skills;

/// <summary>
/// Looks which lanes with skills have ready tasks: when tasks that name skills were submitted, with every later signal of
/// ready tasks, and as often as heartbeats. A silo that declares no skills asks nothing.
/// </summary>
public sealed class LaneService : MaintenanceService
{
    /// <summary>How soon a silo looks again whether a better one has taken what it was left.</summary>
    public static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    /// <summary>How many lanes a silo offers at the same time; a turn holds each against what workspaces have ready.</summary>
    public const int MaxLanes = 250;

    private readonly ISiloStore _silos;
    private readonly LaneBoard _board;
    private readonly ActionCatalog _catalog;
    private readonly SiloIdentity _self;
    private readonly SignalHub _hub;
    private readonly TimeSpan _heartbeat;

    public LaneService(
        ISiloStore silos,
        LaneBoard board,
        ActionCatalog catalog,
        SiloIdentity self,
        SignalHub hub,
        IOptions<LeaseOptions> leaseOptions,
        IRandomSource random,
        TimeProvider timeProvider,
        MaintenanceInstruments instruments,
        ILogger<LaneService> logger)
        : base("lanes", random, timeProvider, instruments, logger)
    {
        _silos = silos;
        _board = board;
        _catalog = catalog;
        _self = self;
        _hub = hub;
        _heartbeat = leaseOptions.Value.HeartbeatInterval;
        hub.SkillsNeeded += OnSkillsNeeded;
        hub.Ready += OnReady;
        catalog.Changed += Wake;
    }

    protected override TimeSpan Spacing => TimeSpan.FromMilliseconds(20);

    public override void Dispose()
    {
        _hub.SkillsNeeded -= OnSkillsNeeded;
        _hub.Ready -= OnReady;
        _catalog.Changed -= Wake;
        base.Dispose();
    }

    protected internal override async Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken)
    {
        var entries = _catalog.Entries;
        var skills = entries.Values.SelectMany(static entry => entry.Skills.Keys, static (entry, skill) => TaskLane.Of(entry.Name, [skill])).ToList();
        var ready = skills.Count == 0 ? [] : await _silos.FindReadyLanesAsync(skills, MaxLanes, cancellationToken).ConfigureAwait(false);
        var others = ready.Count == 0 && _board.IsEmpty ? [] : await _silos.ListAsync(2 * _heartbeat, cancellationToken).ConfigureAwait(false);
        _board.Update(ready, entries, [.. others.Where(silo => silo.Id != _self.Id)]);
        return _board.IsContested ? LookAgain : Jitter(_heartbeat);
    }

    private void OnSkillsNeeded()
    {
        _board.SetInUse();
        Wake();
    }

    private void OnReady()
    {
        if (_board.IsInUse)
        {
            Wake();
        }
    }
}
