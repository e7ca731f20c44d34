using Orchestrator.Core.Fuses;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Retention;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>When the circuit of a provider opens and closes.</summary>
public abstract class CircuitConformance(Func<Task<ITestStore>> create) : CircuitSuite(create)
{
    [StoreFact]
    public async Task Report_AsManyFailuresAsAreAllowed_TripsTheFuseAndTellsIt()
    {
        await CreateOwnAsync();
        await SubmitToAsync(Own, NewTasks(FuseDefaults.CircuitFailures));
        var tasks = (await TurnWithAsync()).Tasks;
        foreach (var task in tasks.SkipLast(1))
        {
            Assert.Empty((await EndAsync(task, ProviderVerdict.Ill)).Trips);
        }

        Assert.Equal((CircuitState.Closed, 4), ((await CircuitAsync()).State, (await CircuitAsync()).Failures.Count));
        var check = await EndAsync(tasks[^1], ProviderVerdict.Ill);

        Assert.Equal((Own, Fuse.CircuitBreaker, true), (Assert.Single(check.Trips).Workspace, check.Trips[0].Fuse, check.HasChanged));
        var circuit = await CircuitAsync();
        Assert.Equal((CircuitState.Open, Clock.Now, Clock.Now + OpenFor), (circuit.State, circuit.Since, circuit.RetryAt));
        var fuse = await FuseAsync(Fuse.CircuitBreaker);
        Assert.Equal((Clock.Now, 1), (fuse!.TrippedAt, fuse.Trips));
        Assert.Contains(Provider, fuse.Reason, StringComparison.Ordinal);
        var told = Assert.Single((await Store.Fuses.ReadEventsAsync(Own, 0, 10, None))!);
        Assert.Equal("fuse.tripped", told.Type);
        Assert.Contains("\"provider\":\"openai\"", told.Data, StringComparison.Ordinal);
        Assert.False((await FindOwnAsync()).Paused);
    }

    [StoreFact]
    public async Task Report_SuccessBetweenFailures_BeginsAnewToCount()
    {
        await CreateOwnAsync();
        await SubmitToAsync(Own, NewTasks(9));
        var tasks = (await TurnWithAsync()).Tasks;

        for (var i = 0; i < tasks.Count; i++)
        {
            await EndAsync(tasks[i], i == 4 ? ProviderVerdict.Well : ProviderVerdict.Ill);
        }

        Assert.Equal((CircuitState.Closed, 4), ((await CircuitAsync()).State, (await CircuitAsync()).Failures.Count));
    }

    [StoreFact]
    public async Task Report_FailuresOutsideTheWindow_CountNoMore()
    {
        await CreateOwnAsync(new FuseSettings { CircuitFailures = 2, CircuitWindowSeconds = 10 });
        await SubmitToAsync(Own, NewTasks(2));
        var tasks = (await TurnWithAsync()).Tasks;
        await EndAsync(tasks[0], ProviderVerdict.Ill);
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(10));

        await EndAsync(tasks[1], ProviderVerdict.Ill);

        Assert.Equal((CircuitState.Closed, 1), ((await CircuitAsync()).State, (await CircuitAsync()).Failures.Count));
    }

    [StoreFact]
    public async Task Report_AllIsWellOrSaysNothing_WritesNothing()
    {
        await CreateOwnAsync();
        await SubmitToAsync(Own, NewTasks(3));
        var tasks = (await TurnWithAsync()).Tasks;

        await EndAsync(tasks[0], ProviderVerdict.Well);
        await EndAsync(tasks[1], ProviderVerdict.Silent);
        await EndAsync(tasks[2], ProviderVerdict.Unasked);

        Assert.Empty((await FindOwnAsync()).Circuits);
    }

    [StoreFact]
    public async Task Take_CircuitIsOpen_PutsAsideThatWorkspaceAndThatProviderAlone()
    {
        await CreateOwnAsync();
        await BreakAsync();
        var parked = (await SubmitToAsync(Own, NewTasks(3)))[0].Id;
        await SubmitToAsync(Own, NewTasks(2, "other"));
        await SubmitAsync(NewTasks(4));

        var turn = await TurnWithAsync();

        Assert.Equal((4, 3), (turn.Tasks.Count, turn.Gated));
        Assert.All(turn.Tasks, task => Assert.Equal(Default, task.Workspace));
        Assert.Equal(2, (await TurnWithAsync("healthy", action: "other")).Tasks.Count);
        var task = await FindAsync(parked);
        Assert.Equal((TaskState.Waiting, WaitingFor.Provider, Provider, 0), (task.State, task.WaitingFor, task.WaitingOn, task.Attempt));
        Assert.Equal(["submitted", "queued", "waiting"], await HistoryAsync(parked));
    }

    [StoreFact]
    public async Task Take_TimeHasCome_StartsOneProbeAndNoOther()
    {
        await CreateOwnAsync();
        await BreakAsync();
        var waiting = await SubmitToAsync(Own, [.. Enumerable.Range(0, 3).Select(index => NewTask() with { Score = index * 100 })]);
        Assert.Empty(await TakeWithAsync());

        var probe = await ProbeAsync();

        Assert.Equal(waiting[2].Id, probe.Lease.TaskId);
        Assert.Equal((CircuitState.HalfOpen, probe.Lease.Token), ((await CircuitAsync()).State, (await CircuitAsync()).Probe));
        await SubmitToAsync(Own, NewTasks(3));
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(2));
        Assert.Empty(await WakeAsync());
        Assert.Empty(await TakeWithAsync());
    }

    [StoreFact]
    public async Task Report_ProbeSucceeds_ClosesAndEverythingGoesOn()
    {
        await CreateOwnAsync();
        await BreakAsync();
        await SubmitToAsync(Own, NewTasks(2_500));
        Assert.Empty(await TakeWithAsync());

        Assert.True((await EndAsync(await ProbeAsync(), ProviderVerdict.Well)).HasChanged);

        Assert.Equal((CircuitState.Closed, 0), ((await CircuitAsync()).State, (await CircuitAsync()).Failures.Count));
        List<int> batches = [];
        for (var i = 0; i < 4; i++)
        {
            batches.Add((await WakeAsync()).Count);
        }

        Assert.Equal([1_000, 1_000, 499, 0], batches);
        Assert.Equal(2_499, (await TakeWithAsync(slots: 1_000)).Count);
        Assert.Null((await FuseAsync(Fuse.CircuitBreaker))!.TrippedAt);
        Assert.Equal(["fuse.tripped", "fuse.reset"], await EventsAsync());
        Assert.Null(await Store.Circuits.FindNextLookAsync(None));
    }

    [StoreFact]
    public async Task Report_ProbesFail_WaitsLongerEachTimeUpToABound()
    {
        await CreateOwnAsync();
        await BreakAsync();
        await SubmitToAsync(Own, NewTasks(9));
        await TakeWithAsync();
        var pause = OpenFor;

        foreach (var seconds in (List<int>)[60, 120, 240, 300, 300])
        {
            await EndAsync(await ProbeAsync(pause), ProviderVerdict.Ill);
            pause = TimeSpan.FromSeconds(seconds);
            Assert.Equal((CircuitState.Open, Clock.Now + pause), ((await CircuitAsync()).State, (await CircuitAsync()).RetryAt));
        }

        Assert.Equal(["fuse.tripped"], await EventsAsync());
    }

    [StoreFact]
    public async Task Report_ProbeSaysNothing_IsFollowedByAnotherAfterTheSamePause()
    {
        await CreateOwnAsync();
        await BreakAsync();
        await SubmitToAsync(Own, NewTasks(3));
        await TakeWithAsync();

        await EndAsync(await ProbeAsync(), ProviderVerdict.Silent);
        Assert.Equal(Clock.Now + OpenFor, (await CircuitAsync()).RetryAt);
        await EndAsync(await ProbeAsync(), ProviderVerdict.Unasked);
        Assert.Equal(Clock.Now, (await CircuitAsync()).RetryAt);
        await EndAsync(await ProbeAsync(TimeSpan.Zero), ProviderVerdict.Well);

        Assert.Equal(CircuitState.Closed, (await CircuitAsync()).State);
    }

    [StoreFact]
    public async Task Report_AttemptsThatRanAlready_NeitherCloseNorOpenIt()
    {
        await CreateOwnAsync();
        await SubmitToAsync(Own, NewTasks(12));
        var early = (await TurnWithAsync()).Tasks;
        foreach (var task in early.Take(5))
        {
            await EndAsync(task, ProviderVerdict.Ill);
        }

        await EndAsync(early[5], ProviderVerdict.Well);
        Assert.Equal(CircuitState.Open, (await CircuitAsync()).State);
        await SubmitToAsync(Own, NewTask());
        await TakeWithAsync();
        await EndAsync(await ProbeAsync(TimeSpan.FromSeconds(30)), ProviderVerdict.Well);
        foreach (var task in early.Skip(6))
        {
            await ReportAsync(task, ProviderVerdict.Ill, ran: TimeSpan.FromSeconds(31));
        }

        Assert.Equal((CircuitState.Closed, 0), ((await CircuitAsync()).State, (await CircuitAsync()).Failures.Count));
    }

    [StoreFact]
    public async Task Reset_OpenCircuits_ClosesThemAllAndEverythingGoesOn()
    {
        await CreateOwnAsync(new FuseSettings { CircuitFailures = 1 });
        await BreakAsync(1);
        await SubmitToAsync(Own, NewTasks(3));
        Assert.Empty(await TakeWithAsync());

        Assert.True(await Store.Fuses.ResetAsync(Own, Fuse.CircuitBreaker, None));

        Assert.Equal(CircuitState.Closed, (await CircuitAsync()).State);
        Assert.Equal(["fuse.tripped", "fuse.reset"], await EventsAsync());
        Assert.Equal(3, (await WakeAsync()).Count);
        Assert.Equal(3, (await TakeWithAsync()).Count);
    }

    [StoreFact]
    public async Task Reset_TwoProvidersAreIll_TheFuseIsTrippedUntilBothAreWell()
    {
        await CreateOwnAsync(new FuseSettings { CircuitFailures = 1 });
        await BreakAsync(1);
        await SubmitToAsync(Own, NewTask("other"));
        await ReportAsync(Assert.Single((await TurnWithAsync("second", action: "other")).Tasks), ProviderVerdict.Ill, provider: "second");
        await SubmitToAsync(Own, NewTasks(2));
        await TakeWithAsync();

        await EndAsync(await ProbeAsync(), ProviderVerdict.Well);

        Assert.NotNull((await FuseAsync(Fuse.CircuitBreaker))!.TrippedAt);
        Assert.Equal((CircuitState.Closed, CircuitState.Open), ((await CircuitAsync()).State, (await CircuitAsync("second")).State));
        await Store.Fuses.ResetAsync(Own, Fuse.CircuitBreaker, None);
        Assert.Null((await FuseAsync(Fuse.CircuitBreaker))!.TrippedAt);
    }

    [StoreFact]
    public async Task Purge_NobodyHasUsedTheProviderForLong_ForgetsItsCircuit()
    {
        await CreateOwnAsync(new FuseSettings { CircuitFailures = 1 });
        await BreakAsync(1);
        await Clock.AdvanceAsync(OpenFor);
        await WakeAsync();
        var hour = TimeSpan.FromHours(1);
        await Clock.AdvanceAsync(TimeSpan.FromDays(31));

        await Store.Retention.PurgeAsync(new RetentionPeriods(hour, hour, hour, hour), 100, None);

        Assert.Empty((await FindOwnAsync()).Circuits);
        Assert.Null((await FuseAsync(Fuse.CircuitBreaker))!.TrippedAt);
    }
}
