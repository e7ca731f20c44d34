using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.TestKit;
using Orchestrator.Workers.Simulation;
using Orchestrator.Workers.Tests.Support;

namespace Orchestrator.Workers.Tests.Simulation;

public sealed class SimulatedExecutorTests
{
    private readonly ManualTimeProvider _time = new();
    private double _random = 0.5;

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"latencyMs":0,"jitterMs":null,"errorRate":0}""")]
    public async Task Nothing_Asked_IsAnsweredAtOnce(string input)
    {
        var attempt = Execute(input);
        Assert.True(attempt.IsCompletedSuccessfully);
        Assert.True((await attempt).ShouldSucceed().GetProperty("simulated").GetBoolean());
    }

    [Fact]
    public async Task Nothing_Asked_AllocatesNothingOfItsOwn()
    {
        var executor = new SimulatedExecutor(_time, () => _random);
        var context = Attempts.Of(SimulatedExecutor.Action, """{"latencyMs":0}""");
        await executor.ExecuteAsync(context, default);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            await executor.ExecuteAsync(context, default);
        }

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10_000);
    }

    [Fact]
    public async Task Latency_WithJitter_IsTaken()
    {
        _random = 0.999;
        var attempt = Execute("""{"latencyMs":100,"jitterMs":50}""");
        _time.Advance(TimeSpan.FromMilliseconds(149));
        Assert.False(attempt.IsCompleted);

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(150, (await attempt).ShouldSucceed().GetProperty("latencyMs").GetInt32());
    }

    [Fact]
    public async Task ErrorRate_Rolled_IsARetryableProviderError()
    {
        _random = 0.29;
        Assert.True((await Execute("""{"errorRate":0.3}""")).ShouldFail(ErrorCodes.ProviderError).Retryable);
        _random = 0.3;
        (await Execute("""{"errorRate":0.3}""")).ShouldSucceed();
    }

    [Fact]
    public async Task RateLimitRate_Rolled_IsRateLimitedWithItsRetryAfter()
    {
        _random = 0.49;
        var result = await Execute("""{"errorRate":0.3,"rateLimitRate":0.2,"retryAfterMs":1500}""");
        Assert.True(result.ShouldFail(ErrorCodes.RateLimited).Retryable);
        Assert.Equal(TimeSpan.FromMilliseconds(1_500), Assert.IsType<AttemptResult.Failure>(result).RetryAfter);
    }

    [Fact]
    public async Task Text_Given_IsStreamedAndReturned()
    {
        var text = string.Join(' ', Enumerable.Range(1, 20).Select(n => $"word{n}"));
        var reporter = new RecordingReporter();
        var result = (await Execute($$"""{"text":"{{text}}"}""", reporter)).ShouldSucceed();

        Assert.Equal(3, reporter.Chunks.Count);
        Assert.Equal(text, string.Concat(reporter.Chunks));
        Assert.Equal(text, result.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Usage_Given_IsTheAttempts() => Assert.Equal(
        new TaskUsage(1, 2, 3, 4, 0.5m),
        (await Execute("""{"usage":{"inputTokens":1,"outputTokens":2,"cachedTokens":3,"reasoningTokens":4,"cost":0.5}}""")).Usage);

    [Fact]
    public async Task Cancel_InTheMiddle_EndsTheAttempt()
    {
        using var cancel = new CancellationTokenSource();
        var attempt = new SimulatedExecutor(_time, () => _random).ExecuteAsync(Attempts.Of(SimulatedExecutor.Action, """{"latencyMs":1000}"""), cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => attempt);
        Assert.Equal(0, _time.PendingTimers);
    }

    [Fact]
    public async Task Input_WithMistakes_NamesThemAll()
    {
        var error = (await Execute("""
            {"latencyMs":-1,"jitterMs":1.5,"errorRate":2,"rateLimitRate":"x","retryAfterMs":[1,{"a":2}],"text":{"b":1},"colour":[[]],"latencyMs":1,
             "usage":{"inputTokens":-1,"cost":"much","outputTokens":1,"outputTokens":2,"more":{}}}
            """)).ShouldFail(ErrorCodes.InvalidInput);
        Assert.All(
            ["$.latencyMs: must", "$.jitterMs", "$.errorRate", "$.rateLimitRate", "$.retryAfterMs", "$.text", "$.colour", "$.latencyMs: given twice", "$.usage.inputTokens", "$.usage.cost", "$.usage.outputTokens: given twice", "$.usage.more"],
            name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{"errorRate":0.6,"rateLimitRate":0.6}""")]
    public async Task Input_OfNoUse_IsInvalidInput(string input) => (await Execute(input)).ShouldFail(ErrorCodes.InvalidInput);

    private Task<AttemptResult> Execute(string input, RecordingReporter? reporter = null) =>
        new SimulatedExecutor(_time, () => _random).ExecuteAsync(Attempts.Of(SimulatedExecutor.Action, input, reporter), default);
}
