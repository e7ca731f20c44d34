using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Client;
using Orchestrator.Client.Tasks;
using Orchestrator.Client.Workers;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Leases;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.Runtime.Operations;
using Orchestrator.Runtime.Options;
using Orchestrator.Storage.Steering;
using Orchestrator.TestKit;

namespace Orchestrator.Gateway.Tests.Clients;

/// <summary>The worker loop against the gateway, with leases of three seconds.</summary>
public sealed class RemoteWorkerTests : IAsyncLifetime
{
    private const string Action = "remote.work";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<RemoteWorkerProblem> _problems = new();
    private TestGateway _gateway = null!;
    private FaultyProxy _proxy = null!;
    private OrchestratorClient _client = null!;
    private Task _working = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync(builder => builder.Services.Configure<LeaseOptions>(options =>
        {
            options.Duration = TimeSpan.FromSeconds(3);
            options.HeartbeatInterval = TimeSpan.FromSeconds(1);
        }));
        _proxy = new FaultyProxy(_gateway.Address);
        _client = new OrchestratorClient(new OrchestratorClientOptions
        {
            BaseAddress = _proxy.Address,
            Retry = new RequestRetryOptions { BaseDelay = TimeSpan.FromMilliseconds(10), MaxDelay = TimeSpan.FromMilliseconds(100) },
        });
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        _client.Dispose();
        await _proxy.DisposeAsync();
        await _gateway.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task Work_ManyTasks_AreCompletedOnceEach()
    {
        var seen = new ConcurrentDictionary<Guid, int>();
        Work(RemoteHandlers.Of<int, int>((input, attempt, _) =>
        {
            seen.AddOrUpdate(attempt.Task.Id, 1, (_, count) => count + 1);
            return Task.FromResult(input * 2);
        }), slots: 8);

        var ids = await _client.Tasks.SubmitBatchAsync(
            "default", [.. Enumerable.Range(0, 60).Select(number => new BatchItemRequest { Action = Action, Input = JsonValues.ToRawJson(number) })]);

        for (var number = 0; number < ids.Count; number++)
        {
            Assert.Equal((number * 2).ToString(System.Globalization.CultureInfo.InvariantCulture), (await EndAsync(ids[number])).Result.ToString());
        }

        Assert.Equal((60, 60), (seen.Count, seen.Values.Sum()));
    }

    [Fact]
    public async Task Work_ReportsAndUsage_ReachTheTask()
    {
        Work(async (attempt, cancellationToken) =>
        {
            attempt.ReportProgress(0.5, "half-way");
            await attempt.AppendAsync("one ", cancellationToken);
            await attempt.AppendAsync("two", cancellationToken);
            attempt.Usage = new UsageRequest { InputTokens = 7, Cost = 0.25m };
            return JsonValues.ToRawJson("done");
        });
        var id = await SubmitAsync();

        var events = new List<EventResponse>();
        await foreach (var entry in _client.Tasks.FollowAsync(id))
        {
            events.Add(entry);
        }

        var task = await EndAsync(id);
        Assert.Equal((TaskStatuses.Completed, 7, 0.25m), (task.Status, task.Usage!.InputTokens, task.Usage.Cost));
        Assert.Equal("one two", string.Concat(events.Where(entry => entry.Type == "task.chunk").Select(entry => entry.Data!.Value.Read<Dictionary<string, string>>()!["text"])));
        Assert.Contains(events, entry => entry.Type == "task.progress" && entry.Data!.Value.ToString().Contains("half-way", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Work_LongerThanTheLease_KeepsItByHeartbeats()
    {
        Work(async (_, cancellationToken) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(5), cancellationToken);
            return null;
        });

        var task = await EndAsync(await SubmitAsync());

        Assert.Equal((TaskStatuses.Completed, 1), (task.Status, task.Attempt));
    }

    [Fact]
    public async Task Work_HandlerThrows_FailsAndIsTriedAgain()
    {
        Work((attempt, _) => attempt.Task.Attempt < 2 ? throw new InvalidOperationException("not yet") : Task.FromResult<RawJson?>(JsonValues.ToRawJson(attempt.Task.Error!.Message)));

        var task = await EndAsync(await SubmitAsync());

        Assert.Equal((TaskStatuses.Completed, 2, "\"InvalidOperationException: not yet\""), (task.Status, task.Attempt, task.Result.ToString()));
    }

    [Fact]
    public async Task Work_InputOfAnotherForm_IsInvalidInput()
    {
        Work(RemoteHandlers.Of<int, int>((input, _, _) => Task.FromResult(input)));

        var task = await EndAsync(await SubmitAsync("text"));

        Assert.Equal((TaskStatuses.Failed, "invalid_input", 1), (task.Status, task.Error!.Code, task.Attempt));
    }

    [Fact]
    public async Task Cancel_RunningTask_StopsTheHandler()
    {
        var stopped = Hang(out var started);
        var id = await SubmitAsync();
        await started.WaitAsync(Patience);

        await _client.Tasks.CancelAsync(id);

        Assert.Equal(RemoteStop.Cancelled, await stopped.WaitAsync(Patience));
        Assert.Equal(TaskStatuses.Cancelled, (await EndAsync(id)).Status);
    }

    [Fact]
    public async Task Lease_GatewayIsAwayForLonger_StopsTheHandlerBeforeItRunsOut()
    {
        var stopped = Hang(out var started);
        var id = await SubmitAsync(more: task => task with { MaxAttempts = 1 });
        await started.WaitAsync(Patience);

        _proxy.IsDown = true;
        var reason = await stopped.WaitAsync(Patience);
        var isHeldStill = (await _gateway.GetAsync($"/api/v1/tasks/{id}")).Text("status") == "processing";
        _proxy.IsDown = false;

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
        _proxy.DropAnswers(2);
        release.SetResult();

        var task = await _gateway.WaitAsync(id);
        await StopAsync();

        Assert.Equal(("completed", "kept", 1), (task.GetProperty("status").GetString(), task.GetProperty("result").GetString(), task.GetProperty("attempt").GetInt32()));
        Assert.True(_proxy.Dropped > 0);
        Assert.DoesNotContain(_problems, problem => problem.Message.Contains("lost", StringComparison.Ordinal));
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

        await _stop.CancelAsync();
        release.SetResult();
        await _working.WaitAsync(Patience);

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

        await _stop.CancelAsync();
        await _working.WaitAsync(Patience);

        var task = await EndAsync(id);
        Assert.Equal(("worker_error", "The worker stops before the attempt has ended."), (task.Error!.Code, task.Error.Message));
    }

    [Fact]
    public async Task Messages_ToARunningTask_ReachItsHandlerAndAreConsumedOnce()
    {
        var counts = new List<int>();
        Work(async (attempt, cancellationToken) =>
        {
            while ((await attempt.ReadMessagesAsync(cancellationToken)).Count < 2)
            {
                await Task.Delay(50, cancellationToken);
            }

            var messages = attempt.Messages;
            await attempt.SaveAsync(JsonValues.ToRawJson("turn 1"), messages[0].Number, cancellationToken);
            counts.Add(messages.Count);
            counts.Add(attempt.Messages.Count);
            return JsonValues.ToRawJson(messages.Select(message => message.Content));
        });
        var id = await SubmitAsync();
        await _gateway.Services.GetRequiredService<ISteeringOperations>().SendAsync(
            id, [new NewMessage("user", "shorter"), new NewMessage("user", "and in verse")], null, CancellationToken.None);

        Assert.Equal("""["shorter","and in verse"]""", (await EndAsync(id)).Result.ToString());
        Assert.Equal([2, 1], counts);
    }

    [Fact]
    public async Task Run_GatewayIsAwayAtFirst_WorksOnceItIsThere()
    {
        _proxy.IsDown = true;
        Work((_, _) => Task.FromResult<RawJson?>(JsonValues.ToRawJson(1)));
        await Eventually.TrueAsync(() => Task.FromResult(_problems.Count > 3), Patience, () => "It tries no more.");
        _proxy.IsDown = false;

        Assert.Equal(TaskStatuses.Completed, (await EndAsync(await SubmitAsync())).Status);
    }

    [Fact]
    public async Task Run_RequestThatIsRefusedForGood_Throws()
    {
        var worker = new RemoteWorker(_client, new RemoteWorkerOptions { Actions = ["NO ACTION"] }, (_, _) => Task.FromResult<RawJson?>(null));

        Assert.Equal("validation", (await Assert.ThrowsAsync<OrchestratorException>(() => worker.RunAsync(CancellationToken.None)).WaitAsync(Patience)).Slug);
    }

    private void Work(RemoteHandler handler, int slots = 4, TimeSpan? drain = null)
    {
        var options = new RemoteWorkerOptions
        {
            Actions = [Action],
            Slots = slots,
            DrainTimeout = drain ?? TimeSpan.FromSeconds(10),
            OnProblem = _problems.Enqueue,
        };
        _working = new RemoteWorker(_client, options, handler).RunAsync(_stop.Token);
    }

    /// <summary>Works on nothing until told to stop; answers why.</summary>
    private Task<RemoteStop> Hang(out Task started)
    {
        var begun = new TaskCompletionSource();
        var stopped = new TaskCompletionSource<RemoteStop>();
        Work(async (attempt, cancellationToken) =>
        {
            begun.TrySetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }
            finally
            {
                stopped.TrySetResult(attempt.Stop);
            }

            return null;
        });
        started = begun.Task;
        return stopped.Task;
    }

    private async Task<Guid> SubmitAsync(object? input = null, Func<SubmitTaskRequest, SubmitTaskRequest>? more = null)
    {
        var task = new SubmitTaskRequest { Action = Action, Input = JsonValues.ToRawJson(input) };
        return (await _client.Tasks.SubmitAsync("default", more?.Invoke(task) ?? task)).Id;
    }

    private async Task<TaskResponse> EndAsync(Guid id)
    {
        using var limit = new CancellationTokenSource(Patience);
        return await _client.Tasks.WaitForEndAsync(id, limit.Token);
    }

    private async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _working.WaitAsync(Patience);
    }
}
