using Orchestrator.Core.Tasks;
using Orchestrator.Workers.Tests.Support;

namespace Orchestrator.Workers.Tests.Pool;

/// <summary>What passes through a healthy pool.</summary>
public sealed class PoolRequestTests
{
    [Fact]
    public async Task Request_Answered_GivesTheOutputAndTheTaskAsTheContractSays()
    {
        await using var pool = await PoolHarness.StartReadyAsync();
        var output = (await pool.DoAsync("""{"do":"echo","n":1}""")).ShouldSucceed();

        var message = output.GetProperty("message");
        Assert.Equal(["type", "id", "action", "input", "attempt", "deadlineMs"], message.EnumerateObject().Select(member => member.Name));
        Assert.Equal(PoolHarness.Action, message.GetProperty("action").GetString());
        Assert.Equal(1, message.GetProperty("input").GetProperty("n").GetInt32());
        Assert.InRange(message.GetProperty("deadlineMs").GetInt64(), 1, 30_000);
    }

    [Fact]
    public async Task Descriptor_OfAPool_TellsItsProcessesAndAttempts()
    {
        await using var pool = await PoolHarness.StartReadyAsync(options =>
        {
            options.PoolSize = 3;
            options.MaxTaskRetries = 4;
        });

        Assert.Equal(3, pool.Actions[0].Concurrency);
        Assert.Equal(5, pool.Actions[0].MaxAttempts);
        Assert.Equal("maxTaskRetries 4 of its pool", pool.Actions[0].MaxAttemptsSetting);
    }

    [Fact]
    public async Task Text_OfAnyKind_SurvivesTheRoundTrip()
    {
        await using var pool = await PoolHarness.StartReadyAsync();
        const string Text = "zeile\neins\r\n\t\"quoted\" \\ 😀 è 漢字 \u2028 end";
        var input = System.Text.Json.JsonSerializer.Serialize(new { @do = "echo", text = Text });

        var output = (await pool.DoAsync(input)).ShouldSucceed();

        Assert.Equal(Text, output.GetProperty("message").GetProperty("input").GetProperty("text").GetString());
    }

    [Fact]
    public async Task Input_WrittenOverSeveralLines_IsOneLineForTheProcess()
    {
        await using var pool = await PoolHarness.StartReadyAsync();
        var output = (await pool.DoAsync("{\r\n  \"do\": \"echo\",\n  \"deep\": [\n1,\n2]\n}")).ShouldSucceed();
        Assert.Equal(2, output.GetProperty("message").GetProperty("input").GetProperty("deep").GetArrayLength());
    }

    [Fact]
    public async Task Input_OfAMebibyte_GoesThrough()
    {
        await using var pool = await PoolHarness.StartReadyAsync();
        var text = new string('x', TaskLimits.MaxInputBytes - 100);
        var output = (await pool.DoAsync($$"""{"do":"echo","text":"{{text}}"}""")).ShouldSucceed();
        Assert.Equal(text.Length, output.GetProperty("message").GetProperty("input").GetProperty("text").GetString()!.Length);
    }

    [Fact]
    public async Task Reports_OfARunningRequest_ArriveInOrderBeforeTheResult()
    {
        await using var pool = await PoolHarness.StartReadyAsync();
        var reporter = new RecordingReporter();
        (await pool.DoAsync("""{"do":"report"}""", reporter)).ShouldSucceed();

        Assert.Equal([(0.5, "half")], reporter.Progress);
        Assert.Equal(["one ", "two"], reporter.Chunks);
    }

    [Theory]
    [InlineData("""{"code":"invalid_input","message":"no"}""", ErrorCodes.InvalidInput, false, "no")]
    [InlineData("""{"code":"rate_limited","message":"slow down"}""", ErrorCodes.RateLimited, true, "slow down")]
    [InlineData("""{"code":"worker_error","message":"for good","retryable":false}""", ErrorCodes.WorkerError, false, "for good")]
    [InlineData("""{"code":"my_own","message":"odd"}""", ErrorCodes.WorkerError, true, "my_own: odd")]
    [InlineData("""{"code":"worker_error"}""", ErrorCodes.WorkerError, true, "The worker gave no reason.")]
    public async Task Error_OfTheWorker_IsTheOutcome(string error, string code, bool retryable, string message)
    {
        await using var pool = await PoolHarness.StartReadyAsync();
        var outcome = (await pool.DoAsync($$"""{"do":"error","error":{{error}}}""")).ShouldFail(code);
        Assert.Equal((retryable, message), (outcome.Retryable, outcome.Message));
    }

    [Fact]
    public async Task Result_OverTheLimit_IsInvalidOutputAndTheProcessStays()
    {
        await using var pool = await PoolHarness.StartReadyAsync();
        var pid = await pool.PidAsync();
        (await pool.DoAsync($$"""{"do":"large-result","size":{{TaskLimits.MaxResultBytes}}}""")).ShouldFail(ErrorCodes.InvalidOutput);
        Assert.Equal(pid, await pool.PidAsync());
    }

    [Fact]
    public async Task Lines_LaterThanTheResult_AreNothingBad()
    {
        await using var pool = await PoolHarness.StartReadyAsync();
        var reporter = new RecordingReporter();
        var pid = (await pool.DoAsync("""{"do":"late-lines"}""", reporter)).ShouldSucceed().GetProperty("pid").GetInt32();
        Assert.Equal(pid, await pool.PidAsync());
        Assert.Empty(reporter.Chunks);
    }

    [Fact]
    public async Task StandardError_Flooded_BlocksNothingAndIsBoundedInTheLog()
    {
        await using var pool = await PoolHarness.StartReadyAsync();
        (await pool.DoAsync("""{"do":"stderr-flood","lines":20000}""")).ShouldSucceed();
        await pool.StopAsync();

        Assert.InRange(pool.Log.Lines.Count(line => line.Contains("eeee", StringComparison.Ordinal)), 1, 5_000);
        Assert.Contains(pool.Log.Lines, line => line.Contains("lines were left out", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Requests_ManyOverFourProcesses_EachProcessServesItsOwnInOrder()
    {
        await using var pool = await PoolHarness.StartReadyAsync(options => options.PoolSize = 4);
        var results = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(n => pool.DoAsync($$"""{"do":"echo","n":{{n}}}""")));

        var answers = results.Select((result, n) =>
        {
            var output = result.ShouldSucceed();
            Assert.Equal(n, output.GetProperty("message").GetProperty("input").GetProperty("n").GetInt32());
            return (Pid: output.GetProperty("pid").GetInt32(), Served: output.GetProperty("served").GetInt32());
        }).ToArray();
        foreach (var process in answers.GroupBy(answer => answer.Pid))
        {
            // Submitted in order of n, so each process counts its own in the same order, with none skipped.
            Assert.Equal(Enumerable.Range(1, process.Count()), process.Select(answer => answer.Served));
        }

        Assert.InRange(answers.Select(answer => answer.Pid).Distinct().Count(), 1, 4);
        Assert.Equal(0, pool.Meters.Read("orchestrator_pool_queue_size"));
        Assert.Equal(0, pool.Meters.Read("orchestrator_pool_workers_busy"));
    }

    [Fact]
    public async Task Gauges_WhileOneWorksAndOneWaits_TellSo()
    {
        await using var pool = await PoolHarness.StartReadyAsync();
        using var enough = new CancellationTokenSource();
        var reporter = new RecordingReporter();
        var working = pool.DoAsync("""{"do":"cancellable"}""", reporter, cancellation: enough.Token);
        await reporter.First.WaitAsync(PoolHarness.Patience);
        var waiting = pool.DoAsync("""{"do":"echo"}""");

        Assert.Equal(1, pool.Meters.Read("orchestrator_pool_workers_total"));
        Assert.Equal(1, pool.Meters.Read("orchestrator_pool_workers_busy"));
        Assert.Equal(1, pool.Meters.Read("orchestrator_pool_queue_size"));

        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => working);
        (await waiting).ShouldSucceed();
        Assert.Equal(0, pool.Meters.Read("orchestrator_pool_queue_size"));
    }
}
