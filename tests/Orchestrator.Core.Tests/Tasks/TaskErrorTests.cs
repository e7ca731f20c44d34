using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Tests.Tasks;

public sealed class TaskErrorTests
{
    [Fact]
    public void Clip_PairOnTheEdge_IsNotCutInHalf()
    {
        var text = new string('a', TaskError.MaxMessageLength - 1) + "😀";

        Assert.Equal(TaskError.MaxMessageLength - 1, TaskError.Clip(text).Length);
    }

    [Fact]
    public void Adding_ToALongMessage_KeepsTheRemark()
    {
        var message = TaskError.Of(ErrorCodes.Timeout, new string('a', TaskError.MaxMessageLength)).Adding("why").Message;

        Assert.Equal((TaskError.MaxMessageLength, "aa (why)"), (message.Length, message[^8..]));
    }

    [Fact]
    public void Clip_Nul_IsReplaced() => Assert.Equal("a\uFFFDb", TaskError.Clip("a\0b"));
}
