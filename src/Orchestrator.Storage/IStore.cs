using Orchestrator.Storage.Activity;
using Orchestrator.Storage.Agents;
using Orchestrator.Storage.Audit;
using Orchestrator.Storage.Blocking;
using Orchestrator.Storage.Bulk;
using Orchestrator.Storage.Circuits;
using Orchestrator.Storage.Delegation;
using Orchestrator.Storage.Failures;
using Orchestrator.Storage.Feed;
using Orchestrator.Storage.Fuses;
using Orchestrator.Storage.Invariants;
using Orchestrator.Storage.Keys;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Priorities;
using Orchestrator.Storage.Reminders;
using Orchestrator.Storage.Resources;
using Orchestrator.Storage.Retention;
using Orchestrator.Storage.Runs;
using Orchestrator.Storage.Schedules;
using Orchestrator.Storage.Signals;
using Orchestrator.Storage.Silos;
using Orchestrator.Storage.Steering;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;
using Orchestrator.Storage.Timelines;
using Orchestrator.Storage.Turns;
using Orchestrator.Storage.Webhooks;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Storage;

/// <summary>One database, split by noun.</summary>
public interface IStore : IAsyncDisposable
{
    IWorkspaceStore Workspaces { get; }
    ISubmissionStore Submissions { get; }
    ITurnStore Turns { get; }
    IActivityStore Activity { get; }
    ILeaseStore Leases { get; }
    IRemoteLeaseStore RemoteLeases { get; }
    ITaskReader Tasks { get; }
    ITaskControl Control { get; }
    IBulkStore Bulk { get; }
    IRunStore Runs { get; }
    IReminderStore Reminders { get; }
    IBlockingStore Blocking { get; }
    IScheduleStore Schedules { get; }
    ISiloStore Silos { get; }
    IResourceStore Resources { get; }
    ILevelStore Levels { get; }
    IWebhookStore Webhooks { get; }
    IDeliveryStore Deliveries { get; }
    IDelegationStore Delegation { get; }
    ISteeringStore Steering { get; }
    IScoreStore Scores { get; }
    IFuseStore Fuses { get; }
    ICircuitStore Circuits { get; }
    IAgentStore Agents { get; }
    IDefinitionStore Definitions { get; }
    ITimelineStore Timelines { get; }
    IErrorStore Errors { get; }
    IAuditStore Audit { get; }
    IKeyStore Keys { get; }
    IRetentionStore Retention { get; }
    IFeedStore Feed { get; }
    ISignalTransport Signals { get; }
    IInvariantStore Invariants { get; }

    /// <summary>Brings the schema up to this version, under a lock, however many processes start at once.</summary>
    Task MigrateAsync(CancellationToken cancellationToken);

    /// <summary>Where the schema stands, also in a database that has none.</summary>
    Task<SchemaVersion> FindSchemaAsync(CancellationToken cancellationToken);

    /// <summary>Throws <see cref="StoreUnavailableException"/> unless the database answers and its schema is current.</summary>
    Task CheckReadyAsync(CancellationToken cancellationToken);
}
