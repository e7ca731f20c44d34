using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Delegation;
using Orchestrator.Runtime.Execution;
using Orchestrator.Workers.Tests.Support;

namespace Orchestrator.Workers.Tests.InProcess;

/// <summary>A worker that delegates: what is run twice, and what it gets.</summary>
public sealed class WorkerDelegationTests
{
    private const string Action = "test.work";

    private readonly FakeDelegation _delegation = new();

    public sealed record Input(int Parts);

    public sealed record Part(int Number);

    public sealed record Output(string Text);

    [Fact]
    public async Task WaitFor_ChildrenThatHaveNotEnded_EndsTheAttemptThenAnswersTheirResults()
    {
        var waiting = (await RunAsync(WorkAsync)).ShouldWait();
        Assert.Equal(_delegation.Children.Select(child => child.Id), waiting.Children);
        Assert.Equal(["""{"number":1}""", """{"number":2}"""], _delegation.Children.Select(child => Encoding.UTF8.GetString(child.Task.Input.Span)));

        _delegation.Children.ForEach(child => Complete(child.Id, """{"text":"ok"}"""));
        var result = await RunAsync(WorkAsync);

        Assert.Equal("ok ok", result.ShouldSucceed().GetProperty("text").GetString());
        Assert.Equal(2, _delegation.Children.Count);

        static async Task<Output> WorkAsync(Input input, IWorkerContext context, CancellationToken token)
        {
            var ids = await context.DelegateAsync("test.part", Enumerable.Range(1, input.Parts).Select(number => new Part(number)), token);
            var parts = await context.WaitForAsync(ids, token);
            return new Output(string.Join(' ', parts.Select(part => part.ResultAs<Output>().Text)));
        }
    }

    [Fact]
    public async Task WaitFor_InAWorkerThatSwallowsEverything_EndsTheAttemptAllTheSame()
    {
        var result = await RunAsync(async (_, context, token) =>
        {
            var ids = await context.DelegateAsync("test.part", [new Part(1)], token);
            try
            {
                await context.WaitForAsync(ids, token);
            }
            catch (Exception exception)
            {
                throw new WorkerException(ErrorCodes.ProviderError, exception.Message);
            }

            return new Output("no");
        });

        Assert.Single(result.ShouldWait().Children);
    }

    [Fact]
    public async Task WaitFor_TwiceAtOnce_WaitsForBoth()
    {
        var result = await RunAsync(async (_, context, token) =>
        {
            var ids = await context.DelegateAsync("test.part", [new Part(1), new Part(2)], token);
            await Task.WhenAll(context.WaitForAsync([ids[0]], token), context.WaitForAsync([ids[1]], token));
            return new Output("no");
        });

        Assert.Equal(2, result.ShouldWait().Children.Count);
    }

    [Fact]
    public async Task ResultAs_ChildThatFailed_FailsTheTaskUnlessTheWorkerDecidesOtherwise()
    {
        await RunAsync(WorkAsync);
        _delegation.Ended[_delegation.Children[0].Id] = new ChildOutcome(
            _delegation.Children[0].Id, TaskState.Failed, null, TaskError.Of(ErrorCodes.InvalidInput, "bad part"));

        var error = (await RunAsync(WorkAsync)).ShouldFail(ErrorCodes.DependencyFailed);
        var lenient = await RunAsync(async (_, context, token) =>
        {
            var parts = await context.WaitForAsync(await context.DelegateAsync("test.part", [new Part(1)], token), token);
            return new Output($"{parts[0].State} {parts[0].Error!.Code}");
        });

        Assert.False(error.Retryable);
        Assert.Contains("bad part", error.Message, StringComparison.Ordinal);
        Assert.Equal("Failed invalid_input", lenient.ShouldSucceed().GetProperty("text").GetString());

        static async Task<Output> WorkAsync(Input input, IWorkerContext context, CancellationToken token) =>
            (await context.WaitForAsync(await context.DelegateAsync("test.part", [new Part(1)], token), token))[0].ResultAs<Output>();
    }

    [Fact]
    public async Task ResultAs_ResultOfAnotherForm_SaysWhatIsWrong()
    {
        await RunAsync(WorkAsync);
        Complete(_delegation.Children[0].Id, """{"number":1}""");

        Assert.Contains("number", (await RunAsync(WorkAsync)).ShouldFail(ErrorCodes.InvalidOutput).Message, StringComparison.Ordinal);

        static async Task<Output> WorkAsync(Input input, IWorkerContext context, CancellationToken token) =>
            (await context.WaitForAsync(await context.DelegateAsync("test.part", [new Part(1)], token), token))[0].ResultAs<Output>();
    }

    [Fact]
    public async Task Delegate_Refused_IsTheWorkersToDecide()
    {
        _delegation.Refusal = new DelegationException(ErrorCodes.DepthExceeded, "The limit is 5.");

        var uncaught = await RunAsync(async (_, context, token) => new Output($"{await context.DelegateAsync("test.part", [new Part(1)], token)}"));
        var caught = await RunAsync(async (_, context, token) =>
        {
            try
            {
                await context.DelegateAsync("test.part", [new Part(1)], token);
                return new Output("no");
            }
            catch (WorkerException refused) when (refused.Code == ErrorCodes.DepthExceeded)
            {
                return new Output("by myself");
            }
        });

        Assert.Equal(new TaskError(ErrorCodes.DepthExceeded, "The limit is 5.", false), uncaught.ShouldFail(ErrorCodes.DepthExceeded));
        Assert.Equal("by myself", caught.ShouldSucceed().GetProperty("text").GetString());
    }

    [Fact]
    public async Task Checkpoint_SetBeforeDelegating_IsStoredWithTheChildrenAndFoundAgain()
    {
        var planned = 0;
        var first = (await RunAsync(WorkAsync)).ShouldWait();
        Assert.Equal("""{"number":7}""", Encoding.UTF8.GetString(Assert.Single(_delegation.Checkpoints)!.Value.Span));
        Assert.Equal("""{"number":7}""", Encoding.UTF8.GetString(first.Checkpoint!.Value.Span));

        Complete(_delegation.Children[0].Id, """{"text":"seven"}""");
        var second = await RunAsync(WorkAsync, """{"number":7}""");

        Assert.Equal("seven", second.ShouldSucceed().GetProperty("text").GetString());
        Assert.Equal(1, planned);

        async Task<Output> WorkAsync(Input input, IWorkerContext context, CancellationToken token)
        {
            if (context.FindCheckpoint<Part>() is not { } plan)
            {
                planned++;
                plan = new Part(7);
                context.SetCheckpoint(plan);
                Assert.Equal(plan, context.FindCheckpoint<Part>());
            }

            var parts = await context.WaitForAsync(await context.DelegateAsync("test.part", [plan], token), token);
            return parts[0].ResultAs<Output>();
        }
    }

    [Fact]
    public async Task Checkpoint_ThatIsTooLarge_EndsTheAttempt()
    {
        var result = await RunAsync((_, context, _) =>
        {
            context.SetCheckpoint(new string('x', TaskLimits.MaxCheckpointBytes));
            return Task.FromResult(new Output("no"));
        });

        result.ShouldFail(ErrorCodes.InvalidOutput);
    }

    private void Complete(Guid id, string result) =>
        _delegation.Ended[id] = new ChildOutcome(id, TaskState.Completed, Encoding.UTF8.GetBytes(result), null);

    private async Task<AttemptResult> RunAsync(Func<Input, IWorkerContext, CancellationToken, Task<Output>> work, string? checkpoint = null)
    {
        var services = new ServiceCollection();
        services.AddScoped(_ => new Worker(work));
        services.AddWorker<Worker>(Action);
        await using var provider = services.BuildServiceProvider();
        var executor = provider.GetServices<IActionProvider>().SelectMany(offer => offer.Actions).Single().Executor;
        return await executor.ExecuteAsync(
            Attempts.Of(Action, """{"parts":2}""", delegation: _delegation.Again(), checkpoint: checkpoint), CancellationToken.None);
    }

    private sealed class Worker(Func<Input, IWorkerContext, CancellationToken, Task<Output>> work) : IWorker<Input, Output>
    {
        public Task<Output> ExecuteAsync(Input input, IWorkerContext context, CancellationToken cancellationToken) => work(input, context, cancellationToken);
    }
}
