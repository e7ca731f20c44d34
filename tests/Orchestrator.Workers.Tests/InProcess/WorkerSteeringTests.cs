using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Steering;
using Orchestrator.Workers.Tests.Support;

namespace Orchestrator.Workers.Tests.InProcess;

/// <summary>A worker that listens and asks: what is run twice, and what it gets.</summary>
public sealed class WorkerSteeringTests
{
    private const string Action = "test.work";

    private readonly FakeJournal _journal = new();

    public sealed record Input(int Number);

    public sealed record Output(string Text);

    [Fact]
    public async Task Ask_TwoQuestions_AreToldApartByTheirOrder()
    {
        var first = (await RunAsync(WorkAsync)).ShouldAsk();
        Assert.Equal(("First?", "#1", TimeSpan.FromHours(1)), (first.Request.Question, first.Request.Key, first.Request.TimeLimit));

        _journal.Answers["#1"] = new ApprovalAnswer(ApprovalDecision.Approve, null, null);
        var second = (await RunAsync(WorkAsync)).ShouldAsk();
        Assert.Equal(("Second?", "#2"), (second.Request.Question, second.Request.Key));
        Assert.Equal("""{"number":1}""", Encoding.UTF8.GetString(second.Checkpoint!.Value.Span));

        _journal.Answers["#2"] = new ApprovalAnswer(ApprovalDecision.Expired, null, "late");
        Assert.Equal("Approve Expired late", (await RunAsync(WorkAsync)).ShouldSucceed().GetProperty("text").GetString());

        static async Task<Output> WorkAsync(Input input, IWorkerContext context, CancellationToken token)
        {
            var one = await context.AskAsync(new ApprovalRequest("First?", TimeLimit: TimeSpan.FromHours(1)), token);
            context.SetCheckpoint(input);
            var two = await context.AskAsync(new ApprovalRequest("Second?"), token);
            return new Output($"{one.Decision} {two.Decision} {two.Comment}");
        }
    }

    [Fact]
    public async Task Ask_WithKeys_FindsTheAnswerOfEachInAnyOrder()
    {
        _journal.Answers["b"] = new ApprovalAnswer(ApprovalDecision.Reject, null, null);

        var asking = (await RunAsync(async (_, context, token) =>
        {
            var answer = await context.AskAsync(new ApprovalRequest("B?") { Key = "b" }, token);
            Assert.Equal(ApprovalDecision.Reject, answer.Decision);
            await context.AskAsync(new ApprovalRequest("A?") { Key = "a" }, token);
            return new Output("no");
        })).ShouldAsk();

        Assert.Equal("a", asking.Request.Key);
    }

    [Fact]
    public async Task Ask_InAWorkerThatSwallowsEverything_EndsTheAttemptAllTheSame()
    {
        var asking = (await RunAsync(async (_, context, token) =>
        {
            try
            {
                await context.AskAsync(new ApprovalRequest("First?"), token);
            }
            catch (WaitingForApprovalException exception)
            {
                throw new WorkerException(ErrorCodes.ProviderError, exception.Message);
            }

            return new Output("no");
        })).ShouldAsk();

        Assert.Equal("First?", asking.Request.Question);
    }

    [Fact]
    public async Task Ask_WithAKeyThatLooksAutomatic_IsRefused() =>
        (await RunAsync(async (_, context, token) => new Output((await context.AskAsync(new ApprovalRequest("First?") { Key = "#1" }, token)).Comment!)))
            .ShouldFail(ErrorCodes.InvalidOutput);

    [Fact]
    public async Task SaveCheckpoint_WithWhatItHeard_ConsumesItAndIsFoundAgain()
    {
        _journal.Messages.AddRange([new(1, "user", "one"), new(2, "user", "two")]);

        (await RunAsync(async (_, context, token) =>
        {
            context.SetCheckpoint(new Input(7));
            var messages = await context.ReadMessagesAsync(token);
            await context.SaveCheckpointAsync(new Input(messages.Count), messages[^1].Number, token);
            Assert.Equal(new Input(2), context.FindCheckpoint<Input>());
            return new Output("done");
        })).ShouldSucceed();

        Assert.Equal([("""{"number":2}""", 2)], _journal.Saved);
        Assert.Empty(_journal.Messages);
    }

    [Fact]
    public async Task SaveCheckpoint_ThatIsTooLarge_EndsTheAttempt()
    {
        var result = await RunAsync(async (_, context, token) =>
        {
            await context.SaveCheckpointAsync(new string('x', TaskLimits.MaxCheckpointBytes), 0, token);
            return new Output("no");
        });

        result.ShouldFail(ErrorCodes.InvalidOutput);
        Assert.Empty(_journal.Saved);
    }

    private async Task<AttemptResult> RunAsync(Func<Input, IWorkerContext, CancellationToken, Task<Output>> work)
    {
        var services = new ServiceCollection();
        services.AddScoped(_ => new Worker(work));
        services.AddWorker<Worker>(Action);
        await using var provider = services.BuildServiceProvider();
        var executor = provider.GetServices<IActionProvider>().SelectMany(offer => offer.Actions).Single().Executor;
        return await executor.ExecuteAsync(Attempts.Of(Action, """{"number":1}""") with { Journal = _journal }, CancellationToken.None);
    }

    private sealed class Worker(Func<Input, IWorkerContext, CancellationToken, Task<Output>> work) : IWorker<Input, Output>
    {
        public Task<Output> ExecuteAsync(Input input, IWorkerContext context, CancellationToken cancellationToken) => work(input, context, cancellationToken);
    }
}
