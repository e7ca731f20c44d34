using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orchestrator.Core.Fuses;
using Orchestrator.Core.Priorities;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Agents;
using Orchestrator.Runtime.Delegation;
using Orchestrator.Runtime.Dispatching;
using Orchestrator.Runtime.Draining;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Feed;
using Orchestrator.Runtime.Fuses;
using Orchestrator.Runtime.Ids;
using Orchestrator.Runtime.Leases;
using Orchestrator.Runtime.Maintenance;
using Orchestrator.Runtime.Operations;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Priorities;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Remote;
using Orchestrator.Runtime.Runs;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Silos;
using Orchestrator.Runtime.Skills;
using Orchestrator.Runtime.Steering;
using Orchestrator.Runtime.Submissions;
using Orchestrator.Runtime.Timelines;
using Orchestrator.Runtime.Watching;
using Orchestrator.Runtime.Webhooks;
using Orchestrator.Storage;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Hosting;

/// <summary>
/// Registers the runtime's services. <see cref="IStore"/> and <see cref="TimeProvider"/> must be registered beside them;
/// options come through <see cref="IOptions{TOptions}"/>, those of an action through the named options of
/// <see cref="ActionOptions"/>.
/// </summary>
public static class RuntimeServiceCollectionExtensions
{
    /// <summary>Time beyond a drain that the host may take to stop.</summary>
    private static readonly TimeSpan StopMargin = DrainCoordinator.HandBackLimit + TimeSpan.FromSeconds(10);

    /// <summary>What submits, watches and operates on tasks: all a gateway needs. Reminders, schedules, bulk operations, webhooks, scoring and retention run here too.</summary>
    public static IServiceCollection AddOrchestratorClientSide(this IServiceCollection services)
    {
        services.AddOptions();
        AddStoreNouns(services);
        AddInstruments(services);
        services.TryAddSingleton<IIdSource, UuidV7Source>();
        services.TryAddSingleton<IRandomSource, SystemRandomSource>();
        services.TryAddSingleton<DrainState>();
        services.TryAddSingleton<FeedTap>();
        services.TryAddSingleton<SignalHub>();
        services.TryAddSingleton<ScoringQueue>();
        services.TryAddSingleton(static provider => new SharedScoreCache(provider.GetRequiredService<TimeProvider>(), new ScoreCacheOptions()));
        services.TryAddSingleton<NewTaskNews>();
        services.TryAddSingleton<ITaskSubmitter, TaskSubmitter>();
        services.TryAddSingleton<TaskRepetition>();
        services.TryAddSingleton<TaskWatcher>();
        services.TryAddSingleton<ITaskWatcher>(static provider => provider.GetRequiredService<TaskWatcher>());
        services.TryAddSingleton<ITaskOperations, TaskOperations>();
        services.TryAddSingleton<ISteeringOperations, SteeringOperations>();
        services.TryAddSingleton<IWorkspaceOperations, WorkspaceOperations>();
        services.TryAddSingleton<IScheduleOperations, ScheduleOperations>();
        services.TryAddSingleton<ISiloOperations, SiloOperations>();
        services.TryAddSingleton<SiloIdentity>();
        services.TryAddSingleton<TimelineRecorder>();
        services.TryAddSingleton<FuseWatch>();
        services.TryAddSingleton<CircuitWatch>();
        services.TryAddSingleton<IResourceOperations, ResourceOperations>();
        services.AddHostedService<StoreGate>();

        // Early, because what is added first stops last: it writes what the others have done.
        services.AddHostedService<TimelineService>();
        services.AddHostedService<ClusterSignalService>();
        services.AddHostedService<FeedRelay>();
        services.AddHostedService(static provider => provider.GetRequiredService<TaskWatcher>());
        services.AddHostedService<ReminderService>();
        services.AddHostedService<BlockingService>();
        services.AddHostedService<ScheduleService>();
        services.AddHostedService<BulkService>();
        services.AddHostedService<RescoreService>();
        services.AddHostedService<ModelScorer>();
        services.AddHostedService<ResourceService>();
        services.AddHostedService<LevelService>();
        services.AddHostedService<FuseService>();
        services.AddHostedService<CircuitService>();
        services.AddHostedService<RetentionService>();
        services.AddRuns();
        services.AddWebhooks();
        services.AddRemoteWorkers();
        return services;
    }

    /// <summary>
    /// What executes tasks, on top of <see cref="AddOrchestratorClientSide"/>, which is to be added as well. Services stop
    /// in reverse order, after the drain: the dispatcher first, heartbeats last.
    /// </summary>
    /// <param name="stopsWhenDrained">True for a process that is a silo and nothing else: drained on request, it stops.</param>
    public static IServiceCollection AddOrchestratorSilo(this IServiceCollection services, bool stopsWhenDrained = false)
    {
        services.TryAddSingleton(new SiloRole(stopsWhenDrained));
        services.TryAddSingleton<SiloIdentity>();
        services.TryAddSingleton<ActionCatalog>();
        services.TryAddSingleton<AgentDirectory>();
        services.TryAddSingleton<SlotPool>();
        services.TryAddSingleton<LaneBoard>();
        services.TryAddSingleton<AttemptRegistry>();
        services.TryAddSingleton<OpenAttemptFactory>();
        services.TryAddSingleton<ReportWriter>();
        services.TryAddSingleton<SettlementWriter>();
        services.TryAddSingleton<PendingRefusals>();
        services.TryAddSingleton<DelegationFactory>();
        services.TryAddSingleton<JournalFactory>();
        services.TryAddSingleton<AttemptRunner>();
        services.TryAddSingleton<DrainCoordinator>();
        services.AddHostedService<LeaseWatchdog>();
        services.AddHostedService<HeartbeatThread>();
        services.AddHostedService<RevocationService>();
        services.AddHostedService<LeaseReaper>();
        services.AddHostedService<AgentService>();
        services.AddHostedService<SiloReporter>();
        services.AddHostedService<LaneService>();
        services.AddHostedService<Dispatcher>();
        services.AddHostedService(static provider => provider.GetRequiredService<DrainCoordinator>());
        services.AddOptions<HostOptions>().PostConfigure<IOptions<SiloOptions>>(static (host, silo) =>
        {
            var needed = silo.Value.DrainTimeout + StopMargin;
            host.ShutdownTimeout = host.ShutdownTimeout > needed ? host.ShutdownTimeout : needed;
        });
        return services;
    }

    /// <summary>What leases tasks to remote workers, and settles what they report.</summary>
    private static void AddRemoteWorkers(this IServiceCollection services)
    {
        services.TryAddSingleton<SiloIdentity>();
        services.TryAddSingleton<ReportWriter>();
        services.TryAddSingleton<SettlementWriter>();
        services.TryAddSingleton<RemoteActions>();
        services.TryAddSingleton<RemoteSightings>();
        services.TryAddSingleton<RemoteSpans>();
        services.TryAddSingleton<RemoteAttempts>();
        services.TryAddSingleton<RemoteHandBack>();
        services.TryAddSingleton<RemoteTurns>();
        services.TryAddSingleton<RemoteDispatcher>();
        services.AddHostedService(static provider => provider.GetRequiredService<RemoteDispatcher>());
        services.AddHostedService<RemoteReaper>();
        services.AddHostedService<RemoteReporter>();
        services.AddHostedService<RemoteSpanService>();
    }

    /// <summary>What starts runs, watches them and carries them on. How schemas of inputs are read is registered beside it.</summary>
    private static void AddRuns(this IServiceCollection services)
    {
        services.TryAddSingleton<DefinitionLookup>();
        services.TryAddSingleton<RunStarter>();
        services.TryAddSingleton<RunNews>();
        services.TryAddSingleton<IDefinitionOperations, DefinitionOperations>();
        services.TryAddSingleton<IRunOperations, RunOperations>();
        services.TryAddSingleton<RunWatcher>();
        services.TryAddSingleton<IRunWatcher>(static provider => provider.GetRequiredService<RunWatcher>());
        services.AddHostedService(static provider => provider.GetRequiredService<RunWatcher>());
        services.AddHostedService<RunService>();
    }

    /// <summary>What tells webhooks of events.</summary>
    private static void AddWebhooks(this IServiceCollection services)
    {
        services.TryAddSingleton<IHostResolver, DnsResolver>();
        services.TryAddSingleton<WebhookTargets>();
        services.AddWebhookClient();
        services.TryAddSingleton<WebhookSender>();
        services.TryAddSingleton<WebhookPump>();
        services.AddHostedService<WebhookService>();
    }

    private static void AddStoreNouns(IServiceCollection services)
    {
        AddNoun(services, static store => store.Workspaces);
        AddNoun(services, static store => store.Submissions);
        AddNoun(services, static store => store.Turns);
        AddNoun(services, static store => store.Leases);
        AddNoun(services, static store => store.RemoteLeases);
        AddNoun(services, static store => store.Tasks);
        AddNoun(services, static store => store.Control);
        AddNoun(services, static store => store.Reminders);
        AddNoun(services, static store => store.Activity);
        AddNoun(services, static store => store.Blocking);
        AddNoun(services, static store => store.Bulk);
        AddNoun(services, static store => store.Schedules);
        AddNoun(services, static store => store.Silos);
        AddNoun(services, static store => store.Resources);
        AddNoun(services, static store => store.Levels);
        AddNoun(services, static store => store.Webhooks);
        AddNoun(services, static store => store.Deliveries);
        AddNoun(services, static store => store.Delegation);
        AddNoun(services, static store => store.Steering);
        AddNoun(services, static store => store.Scores);
        AddNoun(services, static store => store.Fuses);
        AddNoun(services, static store => store.Circuits);
        AddNoun(services, static store => store.Agents);
        AddNoun(services, static store => store.Definitions);
        AddNoun(services, static store => store.Runs);
        AddNoun(services, static store => store.Timelines);
        AddNoun(services, static store => store.Errors);
        AddNoun(services, static store => store.Audit);
        AddNoun(services, static store => store.Keys);
        AddNoun(services, static store => store.Feed);
        AddNoun(services, static store => store.Retention);
        AddNoun(services, static store => store.Signals);
        AddNoun(services, static store => store.Invariants);
    }

    private static void AddNoun<T>(IServiceCollection services, Func<IStore, T> noun)
        where T : class =>
        services.TryAddSingleton(provider => noun(provider.GetRequiredService<IStore>()));

    private static void AddInstruments(IServiceCollection services)
    {
        services.TryAddSingleton<OrchestratorMeter>();
        services.TryAddSingleton(static provider =>
        {
            var attempts = new AttemptInstruments(provider.GetRequiredService<OrchestratorMeter>());
            foreach (var code in ErrorCodes.All)
            {
                attempts.OnCodeKnown(code);
            }

            return attempts;
        });
        services.TryAddSingleton<LeaseInstruments>();
        services.TryAddSingleton<DispatchInstruments>();
        services.TryAddSingleton<BatchInstruments>();
        services.TryAddSingleton<SignalInstruments>();
        services.TryAddSingleton<FeedInstruments>();
        services.TryAddSingleton<MaintenanceInstruments>();
        services.TryAddSingleton<ResourceInstruments>();
        services.TryAddSingleton<WebhookInstruments>();
        services.TryAddSingleton<PriorityInstruments>();
        services.TryAddSingleton(static provider =>
        {
            var fuses = new FuseInstruments(provider.GetRequiredService<OrchestratorMeter>());
            foreach (var fuse in FuseNames.All)
            {
                fuses.OnFuseKnown(fuse);
            }

            return fuses;
        });
        services.TryAddSingleton<RunInstruments>();
    }
}
