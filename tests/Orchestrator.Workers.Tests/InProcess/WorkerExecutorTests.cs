using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Workers.Tests.Support;

namespace Orchestrator.Workers.Tests.InProcess;

public sealed class WorkerExecutorTests
{
    private const string Action = "test.work";

    public sealed record Input(string Name, int Count = 1, Nested? Inner = null);

    public sealed record Nested(int Value);

    public sealed record Output(string Text, string? Note = null);

    [Fact]
    public async Task Worker_Succeeding_GetsItsContextAndGivesResultAndUsage()
    {
        var reporter = new RecordingReporter();
        var result = await RunAsync(
            (input, context, _) =>
            {
                context.ReportProgress(0.5, "half");
                context.AppendChunk("piece");
                context.ReportUsage(new TaskUsage(OutputTokens: 7));
                Assert.InRange(context.Remaining, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
                return Task.FromResult(new Output($"{input.Name} {input.Count} {context.Workspace} {context.Attempt}/{context.MaxAttempts} {context.Action}"));
            },
            """{"name":"Ada","count":2}""",
            reporter);

        Assert.Equal("""{"text":"Ada 2 default 1/3 test.work"}""", result.ShouldSucceed().GetRawText());
        Assert.Equal(7, result.Usage?.OutputTokens);
        Assert.Equal([(0.5, "half")], reporter.Progress);
        Assert.Equal(["piece"], reporter.Chunks);
    }

    [Theory]
    [InlineData("""{"name":"x","age":3}""", "$.age: there is no such member.")]
    [InlineData("""{"name":"x","inner":{"value":1,"odd":2}}""", "$.inner.odd: there is no such member.")]
    [InlineData("""{"name":"x","inner":{"value":"1"}}""", "$.inner.value: must be")]
    [InlineData("""{"count":1}""", "name")]
    [InlineData("""{"name":null}""", "$.name")]
    [InlineData("""{"name":"x","name":"y"}""", "$.name")]
    [InlineData("null", "$: the input must not be null.")]
    public async Task Input_OfTheWrongForm_NeverReachesTheWorker(string input, string message)
    {
        var called = false;
        var result = await RunAsync(
            (_, _, _) =>
            {
                called = true;
                return Task.FromResult(new Output("no"));
            },
            input);

        Assert.Contains(message, result.ShouldFail(ErrorCodes.InvalidInput).Message, StringComparison.Ordinal);
        Assert.False(called);
    }

    [Fact]
    public async Task WorkerException_Thrown_IsTheOutcome()
    {
        var result = await RunAsync(
            (_, context, _) =>
            {
                context.ReportUsage(new TaskUsage(InputTokens: 3));
                throw new WorkerException(ErrorCodes.RateLimited, "later", retryAfter: TimeSpan.FromSeconds(9));
            },
            """{"name":"x"}""");

        Assert.Equal(new TaskError(ErrorCodes.RateLimited, "later", true), result.ShouldFail(ErrorCodes.RateLimited));
        Assert.Equal(TimeSpan.FromSeconds(9), Assert.IsType<AttemptResult.Failure>(result).RetryAfter);
        Assert.Equal(3, result.Usage?.InputTokens);
    }

    [Fact]
    public void WorkerException_OfAnUnknownCode_IsRefused() =>
        Assert.Contains("worker_error", Assert.Throws<ArgumentException>(() => new WorkerException("oops", "x")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task AnyOtherException_Thrown_IsAWorkerError()
    {
        var error = (await RunAsync((_, _, _) => throw new FormatException("bad"), """{"name":"x"}""")).ShouldFail(ErrorCodes.WorkerError);
        Assert.Equal((true, "FormatException: bad"), (error.Retryable, error.Message));
    }

    [Fact]
    public async Task Cancellation_OfTheWorkersOwn_IsAWorkerError() =>
        (await RunAsync((_, _, _) => throw new TaskCanceledException("a client's time limit"), """{"name":"x"}""")).ShouldFail(ErrorCodes.WorkerError);

    [Fact]
    public async Task Cancellation_OfTheAttempt_IsPassedOn()
    {
        using var cancel = new CancellationTokenSource();
        var attempt = RunAsync(
            async (_, _, token) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return new Output("never");
            },
            """{"name":"x"}""",
            cancellation: cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => attempt);
    }

    [Fact]
    public async Task Result_OverTheLimit_IsInvalidOutput() =>
        (await RunAsync((_, _, _) => Task.FromResult(new Output(new string('x', TaskLimits.MaxResultBytes))), """{"name":"x"}""")).ShouldFail(ErrorCodes.InvalidOutput);

    private static async Task<AttemptResult> RunAsync(
        Func<Input, IWorkerContext, CancellationToken, Task<Output>> work,
        string input,
        RecordingReporter? reporter = null,
        CancellationToken cancellation = default)
    {
        await using var services = new ServiceCollection().AddSingleton(work).AddWorker<DelegateWorker>(Action).BuildServiceProvider();
        var executor = services.GetServices<IActionProvider>().Single().Actions.Single().Executor;
        return await executor.ExecuteAsync(Attempts.Of(Action, input, reporter), cancellation);
    }

    private sealed class DelegateWorker(Func<Input, IWorkerContext, CancellationToken, Task<Output>> work) : IWorker<Input, Output>
    {
        public Task<Output> ExecuteAsync(Input input, IWorkerContext context, CancellationToken cancellationToken) => work(input, context, cancellationToken);
    }
}
