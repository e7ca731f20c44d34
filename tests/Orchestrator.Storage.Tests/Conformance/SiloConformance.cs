using Orchestrator.Storage.Silos;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class SiloConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    [StoreFact]
    public async Task Report_FirstAndLater_KeepsTheStartAndTheLatestState()
    {
        var silo = NewSilo();
        var started = Clock.Now;
        Assert.False(await Store.Silos.ReportAsync(silo, None));
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(5));
        await Store.Silos.ReportAsync(silo with { Busy = 7, Draining = true, Actions = [new SiloAction("b", 2)] }, None);
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));

        var listed = Assert.Single(await Store.Silos.ListAsync(Silence, None));

        Assert.Equal(silo.Id, listed.Id);
        Assert.Equal("one", listed.Name);
        Assert.Equal("host", listed.Host);
        Assert.Equal(4711, listed.ProcessId);
        Assert.Equal(64, listed.Slots);
        Assert.Equal(7, listed.Busy);
        Assert.True(listed.Draining);
        Assert.Equal([new SiloAction("b", 2)], listed.Actions);
        Assert.Equal(started, listed.StartedAt);
        Assert.Equal(started.AddSeconds(5), listed.HeartbeatAt);
        Assert.Equal(TimeSpan.FromSeconds(1), listed.Silence);
    }

    [StoreFact]
    public async Task Report_UnavailableAction_KeepsItsReason()
    {
        await Store.Silos.ReportAsync(NewSilo(), None);

        var listed = Assert.Single(await Store.Silos.ListAsync(Silence, None));

        Assert.Equal([new SiloAction("a", 1), new SiloAction("p", 2, "python3 is \"missing\"")], listed.Actions);
    }

    [StoreFact]
    public async Task List_SilentSilo_IsNotListed()
    {
        await Store.Silos.ReportAsync(NewSilo(), None);
        await Clock.AdvanceAsync(Silence + TimeSpan.FromSeconds(1));
        var other = NewSilo();
        await Store.Silos.ReportAsync(other, None);

        Assert.Equal(other.Id, Assert.Single(await Store.Silos.ListAsync(Silence, None)).Id);
    }

    [StoreFact]
    public async Task RequestDrain_KnownSilo_IsToldAtItsNextReports()
    {
        var silo = NewSilo();
        await Store.Silos.ReportAsync(silo, None);

        Assert.True(await Store.Silos.RequestDrainAsync(silo.Id, None));

        Assert.True(await Store.Silos.ReportAsync(silo, None));
        Assert.True(await Store.Silos.ReportAsync(silo, None));
    }

    [StoreFact]
    public async Task RequestDrain_UnknownSilo_IsFalse() => Assert.False(await Store.Silos.RequestDrainAsync(Guid.NewGuid(), None));

    [StoreFact]
    public async Task Remove_StoppedSilo_IsGone()
    {
        var silo = NewSilo();
        await Store.Silos.ReportAsync(silo, None);

        await Store.Silos.RemoveAsync(silo.Id, None);
        await Store.Silos.RemoveAsync(silo.Id, None);

        Assert.Empty(await Store.Silos.ListAsync(Silence, None));
        Assert.False(await Store.Silos.RequestDrainAsync(silo.Id, None));
    }

    private static SiloRecord NewSilo() => new()
    {
        Id = Guid.NewGuid(),
        Name = "one",
        Host = "host",
        ProcessId = 4711,
        Slots = 64,
        Busy = 3,
        Draining = false,
        Actions = [new SiloAction("a", 1), new SiloAction("p", 2, "python3 is \"missing\"")],
    };
}
