using Orchestrator.Core.Retries;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Skills;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage.Silos;
using Orchestrator.Storage.Turns;
using Orchestrator.TestKit;

namespace Orchestrator.Runtime.Tests.Skills;

public sealed class LaneBoardTests
{
    private const string Law = "work+law";
    private const string ItalianLaw = "work+italian+law";

    private readonly ManualTimeProvider _time = new();
    private readonly LaneBoard _board;
    private readonly Dictionary<string, ActionEntry> _own = new() { ["work"] = Entry(("italian", 0.4), ("law", 0.6)), ["plain"] = Entry() };
    private int _opened;

    public LaneBoardTests()
    {
        _board = new LaneBoard(_time);
        _board.Opened += () => _opened++;
    }

    [Fact]
    public void Widen_NothingKnown_IsTheSameOffer()
    {
        ActionCapacity[] offer = [new("work", 3)];

        Assert.Same(offer, _board.Widen(offer, _own));
        Assert.False(_board.IsInUse);
    }

    [Fact]
    public void Update_LanesOfWhichAllSkillsAreDeclared_AreOffered()
    {
        See([Law, ItalianLaw, "work+music", "work+law+music", "plain+law", "unknown+law"]);

        Assert.Equal([Law, ItalianLaw], Offered());
        Assert.Empty(_board.Widen([new("plain", 1)], _own)[0].Lanes);
        Assert.True(_board.IsInUse);
        Assert.False(_board.IsContested);
        Assert.Equal(1, _opened);
    }

    [Fact]
    public void Update_BetterSiloIsFree_LeavesItTheLane()
    {
        See([Law], Silo(0.9, free: 1));

        Assert.Empty(Offered());
        Assert.True(_board.IsContested);
        Assert.Equal(0, _opened);
    }

    [Theory]
    [InlineData(0.6, 1, false, null)]
    [InlineData(0.5, 1, false, null)]
    [InlineData(0.9, 0, false, null)]
    [InlineData(0.9, 1, true, null)]
    [InlineData(0.9, 1, false, "python3 is missing")]
    public void Update_OtherIsNoBetterOrFullOrDrainsOrCannot_TakesFromTheLane(double proficiency, int free, bool draining, string? unavailable)
    {
        See([Law], Silo(proficiency, free, draining, unavailable));

        Assert.Equal([Law], Offered());
        Assert.Equal(1, _opened);
    }

    [Fact]
    public void Update_BetterAtOneSkillButNotOnTheWhole_TakesFromTheLane()
    {
        var other = Silo(0.9, 1);
        other = other with { Actions = [other.Actions[0] with { Skills = new Dictionary<string, double> { ["law"] = 0.9, ["italian"] = 0.05 } }] };

        See([Law, ItalianLaw], other);

        Assert.Equal([ItalianLaw], Offered());
    }

    [Fact]
    public void Update_BetterSiloGetsFull_TakesFromTheLaneAndLeavesItAgain()
    {
        See([Law], Silo(0.9, 1));
        See([Law], Silo(0.9, 0));
        Assert.Equal([Law], Offered());

        See([Law], Silo(0.9, 1));
        Assert.Empty(Offered());
    }

    [Fact]
    public void Update_BetterSiloSaysItIsFreeButTakesNothing_IsNotWaitedForAfterASecondUntilItReportsAgain()
    {
        var other = Silo(0.9, 1);
        See([Law], other);
        _time.Advance(LaneBoard.LongestDeferral - TimeSpan.FromMilliseconds(1));
        See([Law], other);
        Assert.Empty(Offered());

        _time.Advance(TimeSpan.FromMilliseconds(1));
        See([Law], other);
        Assert.Equal([Law], Offered());

        // The same silence costs no second wait; a report ends it.
        See([], other);
        See([Law], other);
        Assert.Equal([Law], Offered());
        See([], other);
        See([Law], other with { HeartbeatAt = other.HeartbeatAt.AddSeconds(5) });
        Assert.Empty(Offered());
    }

    [Fact]
    public void Update_LaneIsEmptiedInBetween_BeginsToWaitAnew()
    {
        var other = Silo(0.9, 1);
        See([Law], other);
        _time.Advance(TimeSpan.FromMilliseconds(900));
        See([], other);
        See([Law], other);
        _time.Advance(TimeSpan.FromMilliseconds(900));
        See([Law], other);

        Assert.Empty(Offered());
    }

    [Fact]
    public void Update_EmptyLane_IsKeptForAWhileWhereNobodyIsBetter()
    {
        See([Law]);
        See([]);
        Assert.Equal([Law], Offered());
        See([Law]);
        Assert.Equal(2, _opened);

        See([], Silo(0.9, 0));
        Assert.Empty(Offered());

        See([]);
        _time.Advance(LaneBoard.KeptFor + TimeSpan.FromSeconds(1));
        See([]);
        Assert.Empty(Offered());
        Assert.True(_board.IsEmpty);
    }

    [Fact]
    public void Widen_SkillIsGoneSinceTheLastLook_DoesNotOfferItsLanes()
    {
        See([Law, ItalianLaw]);

        _own["work"] = Entry(("law", 0.6));

        Assert.Equal([Law], Offered());
    }

    private static ActionEntry Entry(params (string Skill, double Proficiency)[] skills) =>
        new(new ActionDescriptor("work", FakeExecutor.Obedient()), 4, new RetryPolicy(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1)))
        {
            Skills = skills.ToDictionary(skill => skill.Skill, skill => skill.Proficiency),
        };

    private static readonly Guid Other = Guid.NewGuid();

    private static SiloRecord Silo(double law, int free, bool draining = false, string? unavailable = null) => new()
    {
        Id = Other,
        Name = "other",
        Host = "host",
        ProcessId = 1,
        Slots = 4,
        Busy = 0,
        Draining = draining,
        HeartbeatAt = DateTimeOffset.UnixEpoch,
        Actions = [new SiloAction("work", 4, unavailable) { Skills = new Dictionary<string, double> { ["law"] = law }, Free = free }],
    };

    private void See(string[] ready, params SiloRecord[] others) => _board.Update(ready, _own, others);

    private IReadOnlyList<string> Offered() => Assert.Single(_board.Widen([new("work", 3)], _own)).Lanes;
}
