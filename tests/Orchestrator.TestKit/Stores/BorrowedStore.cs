using Orchestrator.Storage;
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

namespace Orchestrator.TestKit.Stores;

/// <summary>A store that outlives whoever uses it; derive from it to change what it does.</summary>
public class BorrowedStore(IStore store) : IStore
{
    public virtual IFuseStore Fuses => store.Fuses;
    public virtual ICircuitStore Circuits => store.Circuits;

    public virtual IAgentStore Agents => store.Agents;

    public virtual IDefinitionStore Definitions => store.Definitions;

    public virtual IWorkspaceStore Workspaces => store.Workspaces;

    public virtual ISubmissionStore Submissions => store.Submissions;

    public virtual ITurnStore Turns => store.Turns;

    public virtual ILeaseStore Leases => store.Leases;

    public virtual ITaskReader Tasks => store.Tasks;

    public virtual ITaskControl Control => store.Control;

    public virtual IRunStore Runs => store.Runs;

    public virtual IReminderStore Reminders => store.Reminders;

    public virtual IActivityStore Activity => store.Activity;

    public virtual IBlockingStore Blocking => store.Blocking;

    public virtual IBulkStore Bulk => store.Bulk;

    public virtual IScheduleStore Schedules => store.Schedules;

    public virtual ISiloStore Silos => store.Silos;

    public virtual IResourceStore Resources => store.Resources;

    public virtual ILevelStore Levels => store.Levels;

    public virtual IWebhookStore Webhooks => store.Webhooks;

    public virtual IDeliveryStore Deliveries => store.Deliveries;

    public virtual IDelegationStore Delegation => store.Delegation;

    public virtual IRemoteLeaseStore RemoteLeases => store.RemoteLeases;

    public virtual ISteeringStore Steering => store.Steering;

    public virtual IScoreStore Scores => store.Scores;

    public virtual ITimelineStore Timelines => store.Timelines;

    public virtual IErrorStore Errors => store.Errors;

    public virtual IAuditStore Audit => store.Audit;

    public virtual IKeyStore Keys => store.Keys;

    public virtual IRetentionStore Retention => store.Retention;

    public virtual IFeedStore Feed => store.Feed;

    public virtual ISignalTransport Signals => store.Signals;

    public virtual IInvariantStore Invariants => store.Invariants;

    public Task MigrateAsync(CancellationToken cancellationToken) => store.MigrateAsync(cancellationToken);

    public virtual Task<SchemaVersion> FindSchemaAsync(CancellationToken cancellationToken) => store.FindSchemaAsync(cancellationToken);

    public Task CheckReadyAsync(CancellationToken cancellationToken) => store.CheckReadyAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
