using System.Data.Common;
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

namespace Orchestrator.Storage.Relational;

/// <summary>The nouns that both dialects share, and the schema's gate.</summary>
internal abstract class RelationalStore : IStore
{
    protected RelationalStore(IDatabase database, SqlCatalog catalog, Func<TaskHeuristics, SubmissionStore> submissions, RunWriter runs)
    {
        Database = database;
        Catalog = catalog;
        Submitting = submissions(Heuristics);
        RunEngine = new RunEngine(Submitting, runs, Guid.CreateVersion7);
        var reminders = new ReminderStore(database, RunEngine);
        Workspaces = new WorkspaceStore(database, Heuristics);
        Tasks = new TaskReader(database);
        var scoring = new TaskScoring(Heuristics);
        var control = new TaskControl(database, reminders, scoring);
        Control = control;
        Runs = new RunStore(database, RunEngine, control);
        Scores = new ScoreStore(database, scoring, Heuristics);
        Reminders = reminders;
        Activity = new ActivityStore(database);
        Blocking = new BlockingStore(database);
        Silos = new SiloStore(database);
        Resources = new ResourceStore(database);
        Levels = new LevelStore(database);
        Webhooks = new WebhookStore(database);
        Deliveries = new DeliveryStore(database);
        Delegation = new DelegationStore(database);
        RemoteLeases = new RemoteLeaseStore(database);
        Steering = new SteeringStore(database);
        Fuses = new FuseStore(database);
        Circuits = new CircuitStore(database);
        Agents = new AgentStore(database);
        Definitions = new DefinitionStore(database);
        Timelines = new TimelineStore(database);
        Errors = new ErrorStore(database);
        Audit = new AuditStore(database);
        Keys = new KeyStore(database);
        Feed = new FeedStore(database);
        Retention = new RetentionStore(database);
        Invariants = new InvariantStore(database, catalog);
    }

    public IWorkspaceStore Workspaces { get; }

    public ISubmissionStore Submissions => Submitting;

    public abstract ITurnStore Turns { get; }

    public abstract ILeaseStore Leases { get; }

    public ITaskReader Tasks { get; }

    public ITaskControl Control { get; }

    public IReminderStore Reminders { get; }

    public IActivityStore Activity { get; }

    public IBlockingStore Blocking { get; }

    public IRunStore Runs { get; }

    public abstract IBulkStore Bulk { get; }

    public abstract IScheduleStore Schedules { get; }

    public ISiloStore Silos { get; }

    public IResourceStore Resources { get; }

    public ILevelStore Levels { get; }

    public IWebhookStore Webhooks { get; }

    public IDeliveryStore Deliveries { get; }

    public IDelegationStore Delegation { get; }

    public IRemoteLeaseStore RemoteLeases { get; }

    public ISteeringStore Steering { get; }

    public IFuseStore Fuses { get; }

    public ICircuitStore Circuits { get; }

    public IAgentStore Agents { get; }

    public IDefinitionStore Definitions { get; }

    public ITimelineStore Timelines { get; }

    public IErrorStore Errors { get; }

    public IAuditStore Audit { get; }

    public IKeyStore Keys { get; }

    public IRetentionStore Retention { get; }

    public IScoreStore Scores { get; }

    public IFeedStore Feed { get; }

    public abstract ISignalTransport Signals { get; }

    public IInvariantStore Invariants { get; }

    protected TaskHeuristics Heuristics { get; } = new();

    protected SubmissionStore Submitting { get; }

    protected RunEngine RunEngine { get; }

    protected IDatabase Database { get; }

    protected SqlCatalog Catalog { get; }

    /// <summary>The version that this build needs.</summary>
    protected int CurrentVersion => Catalog.Migrations[^1].Version;

    public abstract Task MigrateAsync(CancellationToken cancellationToken);

    public async Task<SchemaVersion> FindSchemaAsync(CancellationToken cancellationToken)
    {
        var current = await Database.ReadAsync(
            async session => await session.AnyAsync("has_schema").ConfigureAwait(false)
                ? await session.FindAsync<int?>("schema_version", static row => row.IntegerOrNull("version")).ConfigureAwait(false)
                : null,
            cancellationToken).ConfigureAwait(false);
        return new SchemaVersion(current ?? 0, CurrentVersion);
    }

    public async Task CheckReadyAsync(CancellationToken cancellationToken)
    {
        SchemaVersion schema;
        try
        {
            schema = await FindSchemaAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DbException exception)
        {
            throw new StoreUnavailableException($"The schema cannot be read: {exception.Message}", exception);
        }

        if (!schema.IsCurrent)
        {
            throw new StoreUnavailableException($"The schema is at version {schema.Current}; this build needs {schema.Needed}.");
        }
    }

    public abstract ValueTask DisposeAsync();
}
