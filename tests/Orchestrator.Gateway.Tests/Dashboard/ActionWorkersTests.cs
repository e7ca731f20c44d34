using Orchestrator.Contracts.Cluster;
using Orchestrator.Gateway.Dashboard.Workers;

namespace Orchestrator.Gateway.Tests.Dashboard;

public sealed class ActionWorkersTests
{
    private static readonly Dictionary<string, long> None = [];

    [Fact]
    public void Of_ActionThatNobodyServes_ComesFirstWithEachReasonOnce()
    {
        var actions = ActionWorkers.Of([Silo("a", "active", Serves("b.served"), Refuses("z.not", "no key")), Silo("b", "active", Refuses("z.not", "no key"))], None);

        Assert.Equal(["z.not", "b.served"], actions.Select(action => action.Action));
        var (reason, silos) = Assert.Single(actions[0].Reasons);
        Assert.Equal("no key", reason);
        Assert.Equal(["a", "b"], silos);
    }

    [Fact]
    public void Of_ActionThatNoSiloKnows_StandsThereWithHowManyTasksWait()
    {
        var actions = ActionWorkers.Of([Silo("a", "active", Serves("b.served"), Refuses("c.not", "no key"))], new Dictionary<string, long> { ["c.not"] = 1, ["z.unknown"] = 3 });

        Assert.Equal([("c.not", 1, 1), ("z.unknown", 0, 3), ("b.served", 0, 0)], actions.Select(action => (action.Action, action.Refusing.Count, (int)action.Unserved)));
    }

    [Fact]
    public void Of_SilosThatDrainOrAreLost_ServeNothing()
    {
        Assert.Empty(ActionWorkers.Of([Silo("a", "draining", Serves("x")), Silo("b", "lost", Serves("x"))], None));
    }

    [Fact]
    public void Of_SeveralSilos_AddsTheirConcurrencyAndTakesTheBestSkill()
    {
        var action = Assert.Single(ActionWorkers.Of([Silo("a", "active", Serves("x", ("it", 0.4))), Silo("b", "active", Serves("x", ("it", 0.9), ("de", 1)))], None));

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
