using Orchestrator.Runtime.Signals;
using Orchestrator.Storage.Signals;

namespace Orchestrator.Runtime.Tests.Signals;

public sealed class ClusterHintFormatTests
{
    [Fact]
    public void Write_Hint_ReadsBackTheSame()
    {
        var hint = new ClusterHint(true, false, true, new TaskHashes([0x00ff, 0xabcd], false), TaskHashes.All) { Skills = true, Agents = true };

        Assert.True(ClusterHintFormat.TryRead(ClusterHintFormat.Write("me", hint), out var sender, out var read));

        Assert.Equal("me", sender);
        Assert.Equal((true, false, true, true, true), (read.Ready, read.Due, read.Drain, read.Skills, read.Agents));
        Assert.Equal([0x00ff, 0xabcd], read.Ended.Hashes);
        Assert.True(read.Changed.Any);
    }

    [Theory]
    [InlineData(ClusterHintFormat.MaxTasksPerList, false)]
    [InlineData(ClusterHintFormat.MaxTasksPerList + 1, true)]
    public void Write_ManyTasks_StaysWithinThePayload(int count, bool any)
    {
        var hashes = new TaskHashes([.. Enumerable.Range(0, count).Select(i => (ushort)i)], false);

        var payload = ClusterHintFormat.Write("0123456789ab", new ClusterHint(true, true, true, hashes, hashes));

        Assert.InRange(payload.Length, 1, ISignalTransport.MaxPayload);
        Assert.True(ClusterHintFormat.TryRead(payload, out _, out var read));
        Assert.Equal(any, read.Ended.Any);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2|a|r||")]
    [InlineData("1|a|r|12|")]
    [InlineData("1|a|r|zzzz|")]
    [InlineData("1|a|r|")]
    public void TryRead_OtherForm_IsRefused(string payload) => Assert.False(ClusterHintFormat.TryRead(payload, out _, out _));
}
