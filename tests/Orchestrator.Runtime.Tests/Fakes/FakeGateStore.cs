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

namespace Orchestrator.Runtime.Tests.Fakes;

/// <summary>A store that can only be migrated, after some failures.</summary>
internal sealed class FakeGateStore(int failures) : IStore
{
    public int Migrations { get; private set; }

    public Task<SchemaVersion> FindSchemaAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public IFuseStore Fuses => throw new NotSupportedException();

    public IFeedStore Feed => throw new NotSupportedException();

    public IKeyStore Keys => throw new NotSupportedException();

    public IAgentStore Agents => throw new NotSupportedException();

    public IDefinitionStore Definitions => throw new NotSupportedException();

    public IRunStore Runs => throw new NotSupportedException();

    public ICircuitStore Circuits => throw new NotSupportedException();

    public IWorkspaceStore Workspaces => throw new NotSupportedException();

    public ISubmissionStore Submissions => throw new NotSupportedException();

    public ITurnStore Turns => throw new NotSupportedException();

    public ILeaseStore Leases => throw new NotSupportedException();

    public ITaskReader Tasks => throw new NotSupportedException();

    public ITaskControl Control => throw new NotSupportedException();

    public IReminderStore Reminders => throw new NotSupportedException();

    public IActivityStore Activity => throw new NotSupportedException();

    public IBlockingStore Blocking => throw new NotSupportedException();

    public IBulkStore Bulk => throw new NotSupportedException();

    public IScheduleStore Schedules => throw new NotSupportedException();

    public IResourceStore Resources => throw new NotSupportedException();

    public ILevelStore Levels => throw new NotSupportedException();

    public ISiloStore Silos => throw new NotSupportedException();

    public IWebhookStore Webhooks => throw new NotSupportedException();

    public IDeliveryStore Deliveries => throw new NotSupportedException();

    public IDelegationStore Delegation => throw new NotSupportedException();

    public IRemoteLeaseStore RemoteLeases => throw new NotSupportedException();

    public ISteeringStore Steering => throw new NotSupportedException();

    public IScoreStore Scores => throw new NotSupportedException();

    public ITimelineStore Timelines => throw new NotSupportedException();

    public IErrorStore Errors => throw new NotSupportedException();

    public IAuditStore Audit => throw new NotSupportedException();

    public IRetentionStore Retention => throw new NotSupportedException();

    public ISignalTransport Signals => throw new NotSupportedException();

    public IInvariantStore Invariants => throw new NotSupportedException();

    public Task MigrateAsync(CancellationToken cancellationToken) =>
        Migrations++ < failures ? Task.FromException(new StoreUnavailableException()) : Task.CompletedTask;

    public Task CheckReadyAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
