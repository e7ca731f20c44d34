using System.Text;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Delegation;
using Orchestrator.Workers.Pool;
using Orchestrator.Workers.Tests.Pool;
using Orchestrator.Workers.Tests.Support;

namespace Orchestrator.Workers.Tests.Samples;

/// <summary>Delegation from a worker process: orchestrator_worker.py and the protocol under it.</summary>
public sealed class PythonDelegationTests
{
    private static readonly string Library = Path.Combine(AppContext.BaseDirectory, "workers", "python");

    private static readonly string Script = $$"""
        import os, sys
        sys.path.insert(0, {{'"' + Library + '"'}})
        sys.dont_write_bytecode = True
        import orchestrator_worker as worker

        def do(task):
            kind = task.input["do"]
            if kind == "pid":
                return {"pid": os.getpid()}
            if kind == "members":
                task.delegate([{"action": "test.part", "input": {"n": 1}, "key": "k", "name": "part", "priority": "high", "maxAttempts": 2,
                                "timeoutMs": 500, "tags": ["a"], "skills": ["s"], "resources": {"gpu": 1}, "onDependencyFailure": "run"}])
                return {}
            if kind == "odd":
                task.delegate([task.input["task"]])
                return {}
            if kind == "caught":
                try:
                    task.delegate([{"action": "test.part"}])
                except worker.WorkerError as error:
                    return {"code": error.code, "message": str(error)}
            if kind == "plan":
                if task.checkpoint is None:
                    task.set_checkpoint({"n": 7})
                try:
                    children = task.delegate([{"action": "test.part", "input": task.checkpoint}])
                    ended = task.wait_for(children)
                except Exception as error:
                    return {"swallowed": str(error)}
                return {"status": ended[0].status, "result": ended[0].result, "pid": os.getpid()}

        worker.run({"test.do": do})
        """;

    [Fact]
    public async Task Handler_WaitingForChildren_FreesItsProcessAndIsRunAgain()
    {
        await using var pool = await StartAsync();
        var delegation = new FakeDelegation();

        var waiting = (await pool.DoAsync("""{"do":"plan"}""", delegation)).ShouldWait();
        var pid = (await pool.DoAsync("""{"do":"pid"}""")).ShouldSucceed().GetProperty("pid").GetInt32();
        var child = Assert.Single(delegation.Children);
        Assert.Equal([child.Id], waiting.Children);
        Assert.Equal(("test.part", """{"n":7}"""), (child.Task.Action, Encoding.UTF8.GetString(child.Task.Input.Span)));
        Assert.Equal("""{"n":7}""", Encoding.UTF8.GetString(waiting.Checkpoint!.Value.Span));
        Assert.Equal("""{"n":7}""", Encoding.UTF8.GetString(Assert.Single(delegation.Checkpoints)!.Value.Span));

        delegation.Ended[child.Id] = new ChildOutcome(child.Id, TaskState.Completed, """{"text":"è 漢"}"""u8.ToArray(), null);
        var output = (await pool.DoAsync("""{"do":"plan"}""", delegation, checkpoint: """{"n":7}""")).ShouldSucceed();

        Assert.Equal("completed", output.GetProperty("status").GetString());
        Assert.Equal("è 漢", output.GetProperty("result").GetProperty("text").GetString());
        Assert.Equal(pid, output.GetProperty("pid").GetInt32());
        Assert.Single(delegation.Children);
    }

    [Fact]
    public async Task Handler_WhoseChildFailed_FailsWithDependencyFailedUnlessItLooks()
    {
        await using var pool = await StartSampleAsync();
        var delegation = new FakeDelegation();
        (await pool.DoAsync("""{"chapters":["one two",""]}""", delegation, action: "sample.wordcount.book")).ShouldWait();
        foreach (var (id, task) in delegation.Children)
        {
            var counted = (await pool.DoAsync(Encoding.UTF8.GetString(task.Input.Span), delegation, action: task.Action)).ShouldSucceed();
            delegation.Ended[id] = new ChildOutcome(id, TaskState.Completed, Encoding.UTF8.GetBytes(counted.GetRawText()), null);
        }

        var output = (await pool.DoAsync("""{"chapters":["one two",""]}""", delegation, action: "sample.wordcount.book")).ShouldSucceed();
        Assert.Equal("""{"words":2,"chapters":[2,0]}""", output.GetRawText());

        delegation.Ended[delegation.Children[1].Id] = new ChildOutcome(
            delegation.Children[1].Id, TaskState.Failed, null, TaskError.Of(ErrorCodes.InvalidInput, "no text"));
        var error = (await pool.DoAsync("""{"chapters":["one two",""]}""", delegation, action: "sample.wordcount.book")).ShouldFail(ErrorCodes.DependencyFailed);
        Assert.False(error.Retryable);
        Assert.Contains("no text", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delegate_EveryMember_ReachesTheChild()
    {
        await using var pool = await StartAsync();
        var delegation = new FakeDelegation();
        (await pool.DoAsync("""{"do":"members"}""", delegation)).ShouldSucceed();

        var child = Assert.Single(delegation.Children).Task;
        Assert.Equal(("k", "part", 600, 2, 500), (child.Key, child.Name, child.Score, child.MaxAttempts, child.TimeoutMs));
        Assert.Equal((DependencyFailureAction.Run, "a", "s", 1), (child.OnDependencyFailure, child.Tags[0], child.Skills[0], child.Resources["gpu"]));
    }

    [Theory]
    [InlineData("""{"action":"test.part","surprise":1}""", "surprise")]
    [InlineData("""{"input":1}""", "action")]
    [InlineData("""{"action":"test.part","priority":"urgent"}""", "priority")]
    [InlineData("""{"action":"test.part","onDependencyFailure":"stop"}""", "onDependencyFailure")]
    [InlineData("null", "null")]
    public async Task Delegate_OfTheWrongForm_IsRefusedAndTheProcessStays(string task, string said)
    {
        await using var pool = await StartAsync();
        var before = await PidAsync(pool);

        var error = (await pool.DoAsync($$"""{"do":"odd","task":{{task}}}""", new FakeDelegation())).ShouldFail(ErrorCodes.InvalidInput);

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await PidAsync(pool));
    }

    [Fact]
    public async Task Delegate_PastTheDepth_IsTheHandlersToDecide()
    {
        await using var pool = await StartAsync();
        var delegation = new FakeDelegation { Refusal = new DelegationException(ErrorCodes.DepthExceeded, "The limit is 5.") };

        var caught = (await pool.DoAsync("""{"do":"caught"}""", delegation)).ShouldSucceed();
        var uncaught = (await pool.DoAsync("""{"do":"odd","task":{"action":"test.part"}}""", delegation)).ShouldFail(ErrorCodes.DepthExceeded);

        Assert.Equal(("depth_exceeded", "The limit is 5."), (caught.GetProperty("code").GetString(), caught.GetProperty("message").GetString()));
        Assert.Equal(("The limit is 5.", false), (uncaught.Message, uncaught.Retryable));
    }

    private static async Task<int> PidAsync(PoolHarness pool) => (await pool.DoAsync("""{"do":"pid"}""")).ShouldSucceed().GetProperty("pid").GetInt32();

    private static async Task<PoolHarness> StartAsync()
    {
        var pool = PoolHarness.Start(script: Script);
        await pool.WhenAsync(action => action.UnavailableReason is null);
        return pool;
    }

    private static async Task<PoolHarness> StartSampleAsync()
    {
        var pool = PoolHarness.Start(options => options.Workers =
        [
            new PoolWorkerOptions
            {
                Command = "python3",
                Args = ["-B", Path.Combine(Library, "wordcount_worker.py")],
                Actions = ["sample.wordcount", "sample.wordcount.book"],
            },
        ]);
        await pool.WhenAsync(action => action.UnavailableReason is null, "sample.wordcount");
        return pool;
    }
}
