using Orchestrator.Contracts.Cluster;
using Orchestrator.Gateway.Dashboard.Workers;

namespace Orchestrator.Gateway.Tests.Dashboard;

public sealed class ActionWorkersTests
{
    [Fact]
    public void Of_ActionThatNobodyServes_ComesFirstWithEachReasonOnce()
    {
        var actions = ActionWorkers.Of([Silo("a", "active", Serves("b.served"), Refuses("z.not", "no key")), Silo("b", "active", Refuses("z.not", "no key"))]);

        Assert.Equal(["z.not", "b.served"], actions.Select(action => action.Action));
        var (reason, silos) = Assert.Single(actions[0].Reasons);
        Assert.Equal("no key", reason);
        Assert.Equal(["a", "b"], silos);
    }

    [Fact]
    public void Of_SilosThatDrainOrAreLost_ServeNothing()
    {
        Assert.Empty(ActionWorkers.Of([Silo("a", "draining", Serves("x")), Silo("b", "lost", Serves("x"))]));
    }

    [Fact]
    public void Of_SeveralSilos_AddsTheirConcurrencyAndTakesTheBestSkill()
    {
        var action = Assert.Single(ActionWorkers.Of([Silo("a", "active", Serves("x", ("it", 0.4))), Silo("b", "active", Serves("x", ("it", 0.9), ("de", 1)))]));

        Assert.Equal(4, action.Concurrency);
        Assert.Equal([KeyValuePair.Create("de", 1.0), KeyValuePair.Create("it", 0.9)], action.Skills);
    }

    private static SiloActionResponse Serves(string action, params (string Name, double Level)[] skills) =>
        new(action, 2, null) { Skills = skills.ToDictionary(skill => skill.Name, skill => skill.Level) };

    private static SiloActionResponse Refuses(string action, string reason) => new(action, 2, reason);

    private static SiloResponse Silo(string name, string state, params SiloActionResponse[] actions) => new()
    {
        Id = Guid.CreateVersion7(),
        Name = name,
        Host = "host",
        ProcessId = 1,
        Slots = 8,
        Busy = 0,
        State = state,
        Draining = state == "draining",
        Actions = actions,
        StartedAt = DateTimeOffset.UnixEpoch,
        HeartbeatAt = DateTimeOffset.UnixEpoch,
    };
}
