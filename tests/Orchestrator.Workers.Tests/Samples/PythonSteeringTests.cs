using System.Text;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Steering;
using Orchestrator.Workers.Tests.Pool;
using Orchestrator.Workers.Tests.Support;

namespace Orchestrator.Workers.Tests.Samples;

/// <summary>Questions to people from a worker process: orchestrator_worker.py and the protocol under it.</summary>
public sealed class PythonSteeringTests
{
    private static readonly string Library = Path.Combine(AppContext.BaseDirectory, "workers", "python");

    private static readonly string Script = $$"""
        import os, sys
        sys.path.insert(0, {{'"' + Library + '"'}})
        sys.dont_write_bytecode = True
        import orchestrator_worker as worker

        def do(task):
            kind = task.input["do"]
            if kind == "raw":
                task._output.send({"type": "ask", "id": task.id, "question": "Raw?", "timeoutMs": task.input["timeoutMs"]})
                raise SystemExit
            first = task.ask("Send it, è 漢?", details={"draft": 1}, timeout=2.5)
            task.set_checkpoint({"n": 7})
            second = task.ask("Sure?", key="sure")
            return {"first": first.decision, "second": second.decision, "edits": second.edits, "comment": second.comment}

        worker.run({"test.do": do})
        """;

    [Fact]
    public async Task Handler_AskingTwice_IsRunAgainWithEachAnswer()
    {
        await using var pool = await StartAsync();
        var journal = new FakeJournal();

        var first = (await pool.DoAsync("""{"do":"ask"}""", journal)).ShouldAsk();
        Assert.Equal(("Send it, è 漢?", "#1", TimeSpan.FromSeconds(2.5)), (first.Request.Question, first.Request.Key, first.Request.TimeLimit));
        Assert.Equal("""{"draft":1}""", Encoding.UTF8.GetString(first.Request.Details!.Value.Span));
        Assert.Null(first.Checkpoint);

        journal.Answers["#1"] = new ApprovalAnswer(ApprovalDecision.Expired, null, null);
        var second = (await pool.DoAsync("""{"do":"ask"}""", journal)).ShouldAsk();
        Assert.Equal(("Sure?", "sure", null), (second.Request.Question, second.Request.Key, second.Request.TimeLimit));
        Assert.Equal("""{"n":7}""", Encoding.UTF8.GetString(second.Checkpoint!.Value.Span));

        journal.Answers["sure"] = new ApprovalAnswer(ApprovalDecision.Approve, """{"to": "all"}"""u8.ToArray(), "è ok");
        var output = (await pool.DoAsync("""{"do":"ask"}""", journal)).ShouldSucceed();
        Assert.Equal(("expired", "approve", "è ok"), (output.GetProperty("first").GetString(), output.GetProperty("second").GetString(), output.GetProperty("comment").GetString()));
        Assert.Equal("all", output.GetProperty("edits").GetProperty("to").GetString());
    }

    [Theory]
    [InlineData("9223372036854775807")]
    [InlineData("-5")]
    public async Task Ask_WithATimeOutOfBounds_IsLeftToTheEndOfTheAttempt(string timeoutMs)
    {
        await using var pool = await StartAsync();

        var asking = (await pool.DoAsync($$"""{"do":"raw","timeoutMs":{{timeoutMs}}}""", new FakeJournal())).ShouldAsk();

        Assert.False(asking.Request.TimeLimit > TimeSpan.Zero && asking.Request.TimeLimit <= TaskLimits.MaxApprovalTime);
    }

    private static async Task<PoolHarness> StartAsync()
    {
        var pool = PoolHarness.Start(script: Script);
        await pool.WhenAsync(action => action.UnavailableReason is null);
        return pool;
    }
}
