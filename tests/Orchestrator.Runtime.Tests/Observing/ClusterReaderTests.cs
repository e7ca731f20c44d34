using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Observing;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage.Activity;
using Orchestrator.Storage.Silos;
using Orchestrator.Telemetry;
using Orchestrator.TestKit;

namespace Orchestrator.Runtime.Tests.Observing;

public sealed class ClusterReaderTests : IDisposable
{
    private readonly OrchestratorMeter _meter = new();
    private readonly ManualTimeProvider _time = new();
    private readonly FakeActivityStore _activity = new();
    private readonly FakeSiloStore _silos = new();
    private readonly ClusterReader _reader;

    public ClusterReaderTests() => _reader = new ClusterReader(
        _activity, _silos, Microsoft.Extensions.Options.Options.Create(new LeaseOptions()), _time, new ClusterInstruments(_meter), NullLogger<ClusterReader>.Instance);

    public void Dispose() => _meter.Dispose();

    [Fact]
    public async Task Read_WorkWithinAndBeyondLimits_DemandsWhatMayRun()
    {
        _silos.Add(slots: 8, busy: 5, new SiloAction("a", 4), new SiloAction("free", 4) { MaxCost = 0 }, new SiloAction("gone", 1, "no Python"));
        _activity.Workload = Work(
            processing: 5,
            new ReadyLane(1, "a", 10, null, false),
            new ReadyLane(2, "a", 10, 2, false),
            new ReadyLane(2, "free", 10, 2, false),
            new ReadyLane(3, "a", 10, null, true),
            new ReadyLane(3, "free", 3, null, true),
            new ReadyLane(4, "gone", 7, null, false),
            new ReadyLane(4, "a+law", 9, null, false),
            new ReadyLane(5, "gone", 1, null, false));

        var figures = await _reader.ReadAsync();

        Assert.Equal(5 + 10 + 2 + 3, figures!.SlotsDemanded);
        Assert.Equal([("a", 9), ("gone", 8)], figures.TasksUnservable.OrderBy(action => action.Key).Select(action => (action.Key, action.Value)));
        Assert.Equal((5, 3), (figures.SiloSlots["busy"], figures.SiloSlots["free"]));
    }

    [Fact]
    public async Task Read_NoSiloIsThere_DemandsTheFirst()
    {
        _activity.Workload = Work(processing: 0, new ReadyLane(1, "a", 10, 4, false));

        Assert.Equal(4, (await _reader.ReadAsync())!.SlotsDemanded);
    }

    [Fact]
    public async Task Read_SoonAgain_AsksTheStoreOnce()
    {
        _activity.Workload = Work(processing: 0);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _reader.ReadAsync()));
        _time.Advance(ClusterReader.KeptFor - TimeSpan.FromTicks(1));
        await _reader.ReadAsync();
        Assert.Equal(1, _activity.Readings);

        _time.Advance(TimeSpan.FromTicks(1));
        await _reader.ReadAsync();
        Assert.Equal(2, _activity.Readings);
    }

    [Fact]
    public async Task Read_StoreIsAway_ShowsNoOldFigures()
    {
        _activity.Workload = Work(processing: 3);
        Assert.Equal(3, (await _reader.ReadAsync())!.Tasks["processing"]);
        _activity.Workload = null;
        _time.Advance(ClusterReader.KeptFor);

        Assert.Null(await _reader.ReadAsync());
        _activity.Workload = Work(processing: 1);
        _time.Advance(ClusterReader.KeptFor);
        Assert.Equal(1, (await _reader.ReadAsync())!.Tasks["processing"]);
    }

    private static Workload Work(long processing, params ReadyLane[] ready) => new()
    {
        Tasks = new Dictionary<TaskState, long> { [TaskState.Processing] = processing },
        Waiting = new Dictionary<WaitingFor, long>(),
        Ready = ready,
        Workspaces = 1,
        PausedByHand = 0,
        PausedByFuse = new Dictionary<string, long>(),
        OpenCircuits = new Dictionary<string, long>(),
    };
}
