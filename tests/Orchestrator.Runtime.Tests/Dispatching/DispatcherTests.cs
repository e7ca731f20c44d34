using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Core.Scheduling;
using Orchestrator.Runtime.Dispatching;
using Orchestrator.Runtime.Draining;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Ids;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Silos;
using Orchestrator.Runtime.Skills;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage;
using Orchestrator.Telemetry;
using Orchestrator.TestKit;

namespace Orchestrator.Runtime.Tests.Dispatching;

public sealed class DispatcherTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly Parts _parts;
    private readonly FakeTurnStore _turns = new();
    private readonly FakeActivityStore _activity = new();
    private readonly FakeActions _actions;
    private readonly ActionCatalog _catalog;
    private readonly DrainState _drain = new();
    private readonly Dispatcher _dispatcher;
    private readonly SemaphoreSlim _started = new(0);
    private readonly SemaphoreSlim _finish = new(0);

    public DispatcherTests()
    {
        _parts = new Parts(_time, slots: 2);
        var executor = new FakeExecutor(async (_, token) =>
        {
            _started.Release();
            await _finish.WaitAsync(token);
            return FakeExecutor.Success();
        });
        _actions = new FakeActions(new ActionDescriptor(Parts.Action, executor), new ActionDescriptor("narrow", executor) { Concurrency = 1 });
        var silo = Parts.Options(new SiloOptions { Slots = 2 });
        _catalog = new ActionCatalog([_actions], new FakeOptionsMonitor<ActionOptions>(), Parts.Options(new RetryOptions()), silo, new AttemptInstruments(_parts.Meter), NullLogger<ActionCatalog>.Instance);
        _dispatcher = new Dispatcher(
            _turns, _activity, _catalog, _parts.Slots, _parts.Registry, _parts.Runner, _parts.Factory, _parts.Hub, _drain,
            new SiloIdentity(new UuidV7Source(_time), silo, _time), silo, Parts.Options(new PollingOptions()), Parts.Options(new LeaseOptions()), new FixedRandom(), _time,
            _parts.DispatchInstruments, _parts.ResourceInstruments, _parts.Fuses, new LaneBoard(_time), NullLogger<Dispatcher>.Instance);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _finish.Release(1_000);
        await _dispatcher.StopAsync(CancellationToken.None);
        _dispatcher.Dispose();
        _catalog.Dispose();
        await Wait.UntilAsync(() => _parts.Registry.Count == 0);
        await _parts.DisposeAsync();
    }

    [Fact]
    public async Task Ready_WhileATurnIsInFlight_MakesTheNextTurnHappen()
    {
        var inTurn = new TaskCompletionSource();
        var proceed = new TaskCompletionSource();
        _turns.BeforeTurn = turn =>
        {
            if (turn != 1)
            {
                return Task.CompletedTask;
            }

            inTurn.SetResult();
            return proceed.Task;
        };
        await StartAsync();
        await inTurn.Task.Soon();

        _turns.Add(Parts.Claim());
        _parts.Hub.SignalReady();
        proceed.SetResult();

        Assert.True(await _started.WaitAsync(Wait.Limit));
    }

    [Fact]
    public async Task Poll_EverySignalLost_StillFindsTheTask()
    {
        await StartIdleAsync();
        _turns.Add(Parts.Claim());

        _time.Advance(new PollingOptions().HighInterval);

        Assert.True(await _started.WaitAsync(Wait.Limit));
    }

    [Theory]
    [InlineData(PollingTier.High, 5)]
    [InlineData(PollingTier.Normal, 15)]
    [InlineData(PollingTier.Low, 60)]
    [InlineData(PollingTier.Maintenance, 300)]
    public async Task Poll_NothingFound_WaitsForTheTierOfTheBusiestWorkspaceUntilASignal(PollingTier tier, int seconds)
    {
        _activity.Tier = tier;
        await StartIdleAsync();
        await LookAfterAsync(5, expected: 2);

        await LookAfterAsync(seconds - 1, expected: 2);
        await LookAfterAsync(1, expected: 3);

        // After a signal the first look comes soon again.
        _parts.Hub.SignalReady();
        await Wait.UntilAsync(() => _turns.Turns == 4 && _time.PendingTimers == 1);
        await LookAfterAsync(5, expected: 5);
    }

    [Fact]
    public async Task Turn_MoreTasksThanSlots_RunsTheRestAsSlotsAreFreed()
    {
        _turns.Add([.. Enumerable.Range(0, 5).Select(_ => Parts.Claim())]);
        await StartAsync();

        for (var i = 0; i < 5; i++)
        {
            Assert.True(await _started.WaitAsync(Wait.Limit));
            Assert.InRange(_parts.Slots.Busy, 1, 2);
            if (i > 0)
            {
                _finish.Release();
            }
        }

        Assert.All(_turns.Requests, request => Assert.InRange(request.Slots, 1, 2 + Prefetch.Max));
    }

    [Fact]
    public async Task Turn_ActionAtItsBoundAndNothingReady_SleepsUntilSomethingChanges()
    {
        _turns.Add(Parts.Claim(action: "narrow"));
        await StartAsync();
        Assert.True(await _started.WaitAsync(Wait.Limit));
        await Wait.UntilAsync(() => _turns.Requests.Any(request => request.Actions.All(action => action.Action != "narrow")));

        // It sleeps once it waits for the next poll; a signal then makes exactly one more turn.
        await Wait.UntilAsync(() => _time.PendingTimers > 0);
        var before = _turns.Requests.Count;
        _parts.Hub.SignalReady();
        await Wait.UntilAsync(() => _turns.Requests.Count > before);
        await Wait.UntilAsync(() => _time.PendingTimers > 0);

        Assert.Equal(before + 1, _turns.Requests.Count);
    }

    [Fact]
    public async Task Turn_ActionAtItsBound_IsNotAskedForUntilItHasRoom()
    {
        _turns.Add(Parts.Claim(action: "narrow"), Parts.Claim(action: "narrow"));
        await StartAsync();
        Assert.True(await _started.WaitAsync(Wait.Limit));
        await Wait.UntilAsync(() => _turns.Requests.Any(request => request.Actions.All(action => action.Action != "narrow")));
        Assert.Equal(1, _parts.Slots.Busy);

        _finish.Release();

        Assert.True(await _started.WaitAsync(Wait.Limit));
    }

    [Fact]
    public async Task Turn_UnavailableAction_IsNotAskedFor()
    {
        _actions.Replace(new ActionDescriptor(Parts.Action, FakeExecutor.Obedient()), new ActionDescriptor("broken", FakeExecutor.Obedient()) { UnavailableReason = "no" });

        await StartIdleAsync();

        Assert.All(_turns.Requests, request => Assert.Equal([Parts.Action], request.Actions.Select(action => action.Action)));
    }

    [Fact]
    public async Task Turn_StoreAway_ResumesByItself()
    {
        _turns.BeforeTurn = static turn => turn <= 3 ? throw new StoreUnavailableException() : Task.CompletedTask;
        await StartAsync();

        while (_turns.Turns < 4)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(2);
        }

        _turns.Add(Parts.Claim());
        _parts.Hub.SignalReady();
        Assert.True(await _started.WaitAsync(Wait.Limit));
    }

    [Fact]
    public async Task Turn_OthersReadyButOutOfReach_IsRepeatedAfterAShortPause()
    {
        _turns.MoreReady = static turn => turn < 3;
        await StartAsync();

        while (_turns.Turns < 3)
        {
            // Time stands still while it takes a turn.
            await Wait.UntilAsync(() => _turns.Turns >= 3 || _time.PendingTimers > 0);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.True(_time.GetUtcNow() - ManualTimeProvider.DefaultStart < TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Draining_NoFurtherTurnIsTaken()
    {
        await StartIdleAsync();
        _turns.Add(Parts.Claim());

        _drain.Begin();
        _parts.Hub.SignalReady();
        await _dispatcher.ExecuteTask!.Soon();

        Assert.Equal(1, _turns.Turns);
        Assert.True(_parts.Registry.IsQuiet);
    }

    [Fact]
    public async Task Start_HostNeverGotToItsEnd_TakesNoTurn()
    {
        _turns.Add(Parts.Claim());

        await _dispatcher.StartAsync(CancellationToken.None);
        await _dispatcher.StopAsync(CancellationToken.None);

        Assert.True(_dispatcher.ExecuteTask!.IsCompleted);
        Assert.Equal(0, _turns.Turns);
    }

    private async Task StartAsync()
    {
        await _dispatcher.StartAsync(CancellationToken.None);
        await _dispatcher.StartedAsync(CancellationToken.None);
    }

    /// <summary>Starts with nothing ready and waits until the dispatcher sleeps.</summary>
    private async Task StartIdleAsync()
    {
        await StartAsync();
        await Wait.UntilAsync(() => _turns.Turns >= 1 && _time.PendingTimers == 1);
    }

    private async Task LookAfterAsync(int seconds, int expected)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        await Wait.UntilAsync(() => _turns.Turns >= expected && _time.PendingTimers == 1);
        Assert.Equal(expected, _turns.Turns);
    }
}
