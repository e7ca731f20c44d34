using Orchestrator.Core.Scheduling;

namespace Orchestrator.Core.Tests.Scheduling;

public sealed class TaskLaneTests
{
    [Fact]
    public void Of_NoSkills_IsTheAction()
    {
        Assert.Equal("summarize.text", TaskLane.Of("summarize.text", []));
        Assert.False(TaskLane.NamesSkills("summarize.text"));
        Assert.Empty(TaskLane.SkillsOf("summarize.text"));
    }

    [Fact]
    public void Of_Skills_AreInOrderAndOnceEachAndComeBack()
    {
        var lane = TaskLane.Of("a.b", ["law", "italian", "law"]);

        Assert.Equal("a.b+italian+law", lane);
        Assert.True(TaskLane.NamesSkills(lane));
        Assert.Equal("a.b", TaskLane.ActionOf(lane));
        Assert.Equal(["italian", "law"], TaskLane.SkillsOf(lane));
    }

    [Fact]
    public void Proficiency_IsTheMeanWhereAllAreDeclared()
    {
        var declared = new Dictionary<string, double> { ["law"] = 1, ["italian"] = 0.5 };

        Assert.Equal(0.75, Proficiency.Of(declared, ["law", "italian"]));
        Assert.Equal(1, Proficiency.Of(declared, ["law"]));
        Assert.Null(Proficiency.Of(declared, ["law", "music"]));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(-0.1, false)]
    [InlineData(double.NaN, false)]
    [InlineData(1.0001, false)]
    [InlineData(0.0001, true)]
    [InlineData(1, true)]
    public void Proficiency_IsAboveZeroUpToOne(double proficiency, bool expected) => Assert.Equal(expected, Proficiency.IsValid(proficiency));
}
