using Orchestrator.Client;
using Orchestrator.Client.Tasks;
using Orchestrator.Client.Workers;

namespace Orchestrator.Gateway.Tests.Clients;

/// <summary>How attempts of a remote worker end before their handlers would end them, and how a worker ends.</summary>
public sealed class RemoteWorkerTests : RemoteWorkerBench
{
    [Fact]
    public async Task Cancel_RunningTask_StopsTheHandler()
    {
        var stopped = Hang(out var started);
        var id = await SubmitAsync();
        await started.WaitAsync(Patience);

        await Client.Tasks.CancelAsync(id);

        Assert.Equal(RemoteStop.Cancelled, await stopped.WaitAsync(Patience));
        Assert.Equal(TaskStatuses.Cancelled, (await EndAsync(id)).Status);
    }

    [Fact]
    public async Task Lease_GatewayIsAwayForLonger_StopsTheHandlerBeforeItRunsOut()
    {
        var stopped = Hang(out var started);
        var id = await SubmitAsync(more: task => task with { MaxAttempts = 1 });
        await started.WaitAsync(Patience);

        Proxy.IsDown = true;
        var reason = await stopped.WaitAsync(Patience);
        var isHeldStill = (await Gateway.GetAsync($"/api/v1/tasks/{id}")).Text("status") == "processing";
        Proxy.IsDown = false;

        Assert.Equal((RemoteStop.LeaseLost, true), (reason, isHeldStill));
        Assert.Equal("heartbeat_missed", (await EndAsync(id)).Error!.Code);
    }

    [Fact]
    public async Task Lease_TaskRunsOutOfTime_StopsTheHandler()
    {
        var stopped = Hang(out _);
        var id = await SubmitAsync(more: task => task with { MaxAttempts = 1, TimeoutMs = 1_500 });

        Assert.Equal(RemoteStop.LeaseLost, await stopped.WaitAsync(Patience));
        Assert.Equal("timeout", (await EndAsync(id)).Error!.Code);
    }

    [Fact]
    public async Task Complete_AnswerIsLost_IsAcceptedOnce()
    {
        var release = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        Work(async (_, _) =>
        {
            started.TrySetResult();
            await release.Task;
            return JsonValues.ToRawJson("kept");
        }, slots: 1);
        var id = await SubmitAsync();
        await started.Task.WaitAsync(Patience);
        Proxy.DropAnswers(2);
        release.SetResult();

        var task = await Gateway.WaitAsync(id);
        await StopAsync();

        Assert.Equal(("completed", "kept", 1), (task.GetProperty("status").GetString(), task.GetProperty("result").GetString(), task.GetProperty("attempt").GetInt32()));
        Assert.True(Proxy.Dropped > 0);
        Assert.DoesNotContain(Problems, problem => problem.Message.Contains("lost", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stop_RunningAttempt_IsFinished()
    {
        var release = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        Work(async (_, _) =>
        {
            started.TrySetResult();
            await release.Task;
            return JsonValues.ToRawJson("finished");
        });
        var id = await SubmitAsync();
        await started.Task.WaitAsync(Patience);

        await Stop.CancelAsync();
        release.SetResult();
        await Working.WaitAsync(Patience);

        Assert.Equal("\"finished\"", (await EndAsync(id)).Result.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_AttemptThatTakesTooLong_IsGivenBack(bool listens)
    {
        var started = new TaskCompletionSource();
        Work(async (_, cancellationToken) =>
        {
            started.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, listens ? cancellationToken : CancellationToken.None);
            return null;
        }, drain: TimeSpan.FromMilliseconds(200));
        var id = await SubmitAsync(more: task => task with { MaxAttempts = 1 });
        await started.Task.WaitAsync(Patience);

        await Stop.CancelAsync();
        await Working.WaitAsync(Patience);

        var task = await EndAsync(id);
        Assert.Equal(("worker_error", "The worker stops before the attempt has ended."), (task.Error!.Code, task.Error.Message));
    }
}
