using System.Globalization;
using Orchestrator.Core.Tasks;
using Orchestrator.Workers.Pool;
using Orchestrator.Workers.Tests.Support;

namespace Orchestrator.Workers.Tests.Pool;

/// <summary>What becomes of a request, and of the pool, when a process misbehaves.</summary>
public sealed class PoolFailureTests
{
    [Fact]
    public async Task Process_Crashing_FailsTheAttemptForRetryAndIsReplaced()
    {
        await using var pool = await PoolHarness.StartReadyAsync();
        var before = await pool.PidAsync();

        var error = (await pool.DoAsync("""{"do":"crash"}""")).ShouldFail(ErrorCodes.WorkerCrashed);

        Assert.True(error.Retryable);
        Assert.Contains("code 3", error.Message, StringComparison.Ordinal);
        Assert.NotEqual(before, await pool.PidAsync());
        Assert.False(PoolHarness.IsAlive(before));
    }

    [Theory]
    [InlineData("""{"do":"write","text":"hello\n"}""", "not JSON")]
    [InlineData("""{"do":"write","text":"[]\n"}""", "not a JSON object")]
    [InlineData("""{"do":"write","text":"{}\n"}""", "without \"type\"")]
    [InlineData("""{"do":"write","text":"{\"type\":\"dance\"}\n"}""", "unknown type \"dance\"")]
    [InlineData("""{"do":"write","text":"{\"type\":\"result\"}\n"}""", "without \"id\"")]
    [InlineData("""{"do":"write","text":"{\"type\":\"ready\",\"actions\":[]}\n"}""", "second time")]
    [InlineData("""{"do":"invalid-utf8"}""", "not UTF-8")]
    [InlineData("""{"do":"huge-line"}""", "more than 16777216 bytes")]
    [InlineData("""{"do":"wrong-id"}""", "another request")]
    [InlineData("""{"do":"half-line"}""", "middle of a line")]
    [InlineData("""{"do":"close-stdout"}""", "closed its standard output")]
    public async Task Process_BreakingTheProtocol_IsKilledAndReplaced(string input, string reason)
    {
        await using var pool = await PoolHarness.StartReadyAsync();
        var before = await pool.PidAsync();

        var error = (await pool.DoAsync(input)).ShouldFail(ErrorCodes.WorkerCrashed);

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.False(PoolHarness.IsAlive(before));
        Assert.NotEqual(before, await pool.PidAsync());
    }

    [Fact]
    public async Task Process_AnsweringTwice_IsReplacedAndTheFirstAnswerCounts()
    {
        await using var pool = await PoolHarness.StartReadyAsync();
        var first = (await pool.DoAsync("""{"do":"twice"}""")).ShouldSucceed().GetProperty("pid").GetInt32();

        // The process may get the next request before its second answer is read; then that attempt is to be tried again.
        var next = await pool.DoAsync("""{"do":"echo"}""");
        var pid = next is Runtime.Execution.AttemptResult.Failure ? await pool.PidAsync() : next.ShouldSucceed().GetProperty("pid").GetInt32();
        Assert.NotEqual(first, pid);
    }

    [Fact]
    public async Task Process_SilentAtWork_IsHeartbeatMissed()
    {
        await using var pool = await PoolHarness.StartReadyAsync(options =>
        {
            options.HeartbeatIntervalMs = 200;
            options.HeartbeatTimeoutMs = 3_000;
        });
        var reporter = new RecordingReporter();

        var error = (await pool.DoAsync("""{"do":"hang"}""", reporter)).ShouldFail(ErrorCodes.HeartbeatMissed);

        Assert.True(error.Retryable);
        Assert.Equal(1, pool.Meters.Read("orchestrator_worker_heartbeat_missed_total"));
        Assert.False(PoolHarness.IsAlive(PidOf(reporter)));
        await pool.PidAsync();
    }

    [Fact]
    public async Task Process_AliveButTooSlow_IsTimeout()
    {
        await using var pool = await PoolHarness.StartReadyAsync(options => options.RequestTimeoutMs = 2_000);
        var reporter = new RecordingReporter();

        var error = (await pool.DoAsync("""{"do":"slow"}""", reporter)).ShouldFail(ErrorCodes.Timeout);

        Assert.True(error.Retryable);
        Assert.Contains("2000 ms", error.Message, StringComparison.Ordinal);
        Assert.False(PoolHarness.IsAlive(PidOf(reporter)));
    }

    [Fact]
    public async Task Attempt_WithLessTimeThanTheRequestLimit_EndsAtItsOwn()
    {
        await using var pool = await PoolHarness.StartReadyAsync();
        (await pool.DoAsync("""{"do":"slow"}""", timeout: TimeSpan.FromMilliseconds(500))).ShouldFail(ErrorCodes.Timeout);
        await pool.PidAsync();
    }

    [Fact]
    public async Task Attempt_WaitingForAProcessPastItsTime_IsTimeoutAndHarmsNoProcess()
    {
        await using var pool = await PoolHarness.StartReadyAsync();
        var pid = await pool.PidAsync();
        using var enough = new CancellationTokenSource();
        var reporter = new RecordingReporter();
        var working = pool.DoAsync("""{"do":"cancellable"}""", reporter, cancellation: enough.Token);
        await reporter.First.WaitAsync(PoolHarness.Patience);

        var error = (await pool.DoAsync("""{"do":"echo"}""", timeout: TimeSpan.FromMilliseconds(50))).ShouldFail(ErrorCodes.Timeout);

        Assert.Equal(ProcessPoolExecutor.NoTimeLeft, error.Message);
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => working);
        Assert.Equal(pid, await pool.PidAsync());
    }

    [Fact]
    public async Task Cancel_OfAWorkerThatListens_KeepsTheProcess()
    {
        await using var pool = await PoolHarness.StartReadyAsync();
        using var cancel = new CancellationTokenSource();
        var reporter = new RecordingReporter();
        var attempt = pool.DoAsync("""{"do":"cancellable"}""", reporter, cancellation: cancel.Token);
        await reporter.First.WaitAsync(PoolHarness.Patience);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => attempt);
        Assert.Equal(PidOf(reporter), await pool.PidAsync());
    }

    [Fact]
    public async Task Cancel_OfAWorkerThatDoesNotListen_ReplacesTheProcess()
    {
        await using var pool = await PoolHarness.StartReadyAsync(timings: new PoolTimings { CancelGrace = TimeSpan.FromMilliseconds(100) });
        using var cancel = new CancellationTokenSource();
        var reporter = new RecordingReporter();
        var attempt = pool.DoAsync("""{"do":"slow"}""", reporter, cancellation: cancel.Token);
        await reporter.First.WaitAsync(PoolHarness.Patience);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => attempt);
        Assert.NotEqual(PidOf(reporter), await pool.PidAsync());
        Assert.False(PoolHarness.IsAlive(PidOf(reporter)));
    }

    [Fact]
    public async Task Cancel_BeforeAProcessIsFree_LeavesTheQueue()
    {
        await using var pool = await PoolHarness.StartReadyAsync();
        using var enough = new CancellationTokenSource();
        var reporter = new RecordingReporter();
        var working = pool.DoAsync("""{"do":"cancellable"}""", reporter, cancellation: enough.Token);
        await reporter.First.WaitAsync(PoolHarness.Patience);
        using var cancel = new CancellationTokenSource();
        var waiting = pool.DoAsync("""{"do":"crash"}""", cancellation: cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, pool.Meters.Read("orchestrator_pool_queue_size"));
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => working);
        Assert.Equal(PidOf(reporter), await pool.PidAsync());
    }

    [Fact]
    public async Task Process_CrashingWithADescendantOnItsPipes_IsNoticedBeforeTheDescendantEnds()
    {
        await using var pool = await PoolHarness.StartReadyAsync();
        var started = TimeProvider.System.GetTimestamp();

        (await pool.DoAsync("""{"do":"orphan-then-crash"}""")).ShouldFail(ErrorCodes.WorkerCrashed);

        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Kill_OfAProcessWithChildren_TakesTheWholeTree()
    {
        await using var pool = await PoolHarness.StartReadyAsync(options => options.RequestTimeoutMs = 2_000);
        var reporter = new RecordingReporter();

        (await pool.DoAsync("""{"do":"child-then-hang"}""", reporter)).ShouldFail(ErrorCodes.Timeout);

        var pids = reporter.Chunks.Single().Split(' ').Select(pid => int.Parse(pid, CultureInfo.InvariantCulture));
        Assert.All(pids, pid => Assert.False(PoolHarness.IsAlive(pid)));
    }

    [Fact]
    public async Task Crashes_OneAfterTheOther_AreDamped()
    {
        var timings = new PoolTimings { RestartDelay = TimeSpan.FromMilliseconds(50), MaxRestartDelay = TimeSpan.FromMilliseconds(400) };
        await using var pool = await PoolHarness.StartReadyAsync(timings: timings);
        var started = TimeProvider.System.GetTimestamp();

        for (var i = 0; i < 4; i++)
        {
            (await pool.DoAsync("""{"do":"crash"}""")).ShouldFail(ErrorCodes.WorkerCrashed);
        }

        await pool.PidAsync();
        // 50, 100, 200 and 400 ms lie between the five processes.
        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(700));
    }

    private static int PidOf(RecordingReporter reporter) => int.Parse(reporter.Chunks.First(), CultureInfo.InvariantCulture);
}
