using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orchestrator.Core.Retries;
using Orchestrator.Runtime.Delegation;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Fuses;
using Orchestrator.Runtime.Ids;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Steering;
using Orchestrator.Runtime.Timelines;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Turns;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Tests.Fakes;

/// <summary>The parts that run attempts, over a scripted lease store.</summary>
internal sealed class Parts : IAsyncDisposable
{
    public const string Action = "test.action";

    private readonly OrchestratorMeter _meter = new();

    public Parts(TimeProvider? time = null, int slots = 4, bool cluster = false)
    {
        Time = time ?? TimeProvider.System;
        Transport = new FakeTransport(cluster);
        Hub = new SignalHub(Transport, Time);
        Timeline = new TimelineRecorder(Options(new TimelineOptions()), Time);
        Slots = new SlotPool(Options(new SiloOptions { Slots = slots, ReservedSlots = 0 }));
        var batches = new BatchInstruments(_meter);
        Reports = new ReportWriter(Leases, Hub, Time, batches, NullLogger<ReportWriter>.Instance);
        Settlements = new SettlementWriter(Leases, Circuits, Timeline, Hub, Transport, Time, batches, NullLogger<SettlementWriter>.Instance);
        Runner = new AttemptRunner(
            Slots, Registry, Reports, Settlements, new PendingRefusals(Time), new DelegationFactory(Submitter, Children, new UuidV7Source(Time), new FixedRandom(), Time), new JournalFactory(Steering, new FixedRandom(), Time), Timeline, new FixedRandom(), Time, new AttemptInstruments(_meter), new LeaseInstruments(_meter), new ResourceInstruments(_meter), NullLogger<AttemptRunner>.Instance);
        Factory = new OpenAttemptFactory(Options(new LeaseOptions()), Time);
    }

    public TimeProvider Time { get; }

    public FakeTransport Transport { get; }

    public FakeLeaseStore Leases { get; } = new();

    public FakeSubmitter Submitter { get; } = new();

    public FakeDelegationStore Children { get; } = new();

    public FakeSteeringStore Steering { get; } = new();

    public SignalHub Hub { get; }

    public TimelineRecorder Timeline { get; }

    public SlotPool Slots { get; }

    public AttemptRegistry Registry { get; } = new();

    public ReportWriter Reports { get; }

    public SettlementWriter Settlements { get; }

    public AttemptRunner Runner { get; }

    public OpenAttemptFactory Factory { get; }

    public OrchestratorMeter Meter => _meter;

    public LeaseInstruments LeaseInstruments => new(_meter);

    public DispatchInstruments DispatchInstruments => new(_meter);

    public FuseWatch Fuses => new(new FakeFuseStore(), Hub, new FuseInstruments(_meter));

    public FakeCircuitStore CircuitReports { get; } = new();

    public CircuitWatch Circuits => new(CircuitReports, Hub, new FuseInstruments(_meter));

    public ResourceInstruments ResourceInstruments => new(_meter);

    public static IOptions<T> Options<T>(T value)
        where T : class => Microsoft.Extensions.Options.Options.Create(value);

    public static ActionEntry Entry(IActionExecutor executor, int? maxAttempts = null) =>
        new(new ActionDescriptor(Action, executor) { MaxAttempts = maxAttempts }, 4, new RetryPolicy(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1)));

    public static ClaimedTask Claim(int attempt = 1, int maxAttempts = 3, int timeoutMs = 120_000, TimeSpan? timeToDeadline = null, string action = Action) => new()
    {
        Lease = new LeaseId(Guid.CreateVersion7(), Guid.NewGuid()),
        WorkspaceKey = 7,
        Workspace = "default",
        Lane = action,
        Attempt = attempt,
        MaxAttempts = maxAttempts,
        TimeoutMs = timeoutMs,
        DeadlineAt = null,
        TimeToDeadline = timeToDeadline,
        Waited = TimeSpan.Zero,
        Input = "{}"u8.ToArray(),
    };

    /// <summary>An attempt as the dispatcher opens it: in the registry, with a slot.</summary>
    public OpenAttempt Open(IActionExecutor executor, ClaimedTask? task = null, int? maxAttempts = null, string? provider = null)
    {
        var attempt = Factory.Open(task ?? Claim(), Entry(executor, maxAttempts) with { Provider = provider }, Time.GetTimestamp());
        Slots.Enter(attempt);
        Registry.Add([attempt]);
        return attempt;
    }

    public async ValueTask DisposeAsync()
    {
        await Reports.DisposeAsync();
        await Settlements.DisposeAsync();
        _meter.Dispose();
    }
}
