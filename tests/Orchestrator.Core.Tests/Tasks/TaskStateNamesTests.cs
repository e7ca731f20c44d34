using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Tests.Tasks;

public sealed class TaskStateNamesTests
{
    [Fact]
    public void ToName_EveryState_IsItsLowerCaseNameAndParsesBack()
    {
        foreach (var state in Enum.GetValues<TaskState>())
        {
            Assert.Equal(state.ToString().ToLowerInvariant(), state.ToName());
            Assert.Equal(state, TaskStateNames.Parse(state.ToName()));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("Queued")]
    [InlineData("queued ")]
    [InlineData("0")]
    [InlineData(null)]
    public void TryParse_AnythingElse_IsFalse(string? name) => Assert.False(TaskStateNames.TryParse(name, out _));

    [Fact]
    public void Parse_UnknownName_Throws() => Assert.Throws<FormatException>(() => TaskStateNames.Parse("done"));

    [Fact]
    public void ToName_NoState_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => ((TaskState)99).ToName());

    [Fact]
    public void ToName_EveryWaitingFor_IsItsLowerCaseName() =>
        Assert.All(Enum.GetValues<WaitingFor>(), reason => Assert.Equal(reason.ToString().ToLowerInvariant(), reason.ToName()));
}
