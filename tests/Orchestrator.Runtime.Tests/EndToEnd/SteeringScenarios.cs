using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Operations;
using Orchestrator.Runtime.Steering;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage.Steering;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Runtime.Tests.EndToEnd;

/// <summary>Workers that hear what people say, and ask them, over a real store with the real clock; part of what every store must do.</summary>
public abstract partial class RuntimeTests
{
    [StoreFact]
    public async Task Ask_Decided_GoesOnWithTheAnswerAndHoldsNoSlotMeanwhile()
    {
        await using var node = await Node.StartAsync(
            Store, configure: static options => options.Slots = 1, workers: [("ask", Asking(null)), ("plain", FakeExecutor.Returning(FakeExecutor.Success()))]);
        var asking = Assert.Single(await node.SubmitAsync("default", node.NewTask("ask") with { MaxAttempts = 1 }));
        await WaitUntilAskedAsync(asking);

        var plain = Assert.Single(await node.SubmitAsync("default", node.NewTask("plain")));
        Assert.Equal(TaskState.Completed, (await node.WaitForEndAsync(plain)).State);
        var reply = new ApprovalReply(ApprovalVerdict.Approve, Encoding.UTF8.GetBytes("""{"to":"all"}"""), "Good.");
        Assert.IsType<DecisionResult.Resumed>(await node.Get<ISteeringOperations>().DecideAsync(asking, reply, CancellationToken.None));

        var ended = await node.WaitForEndAsync(asking);
        Assert.Equal((TaskState.Completed, "\"Approve/{\\u0022to\\u0022:\\u0022all\\u0022}/Good.\"", 1), (ended.State, Encoding.UTF8.GetString(ended.Result!.Value.Span), ended.Attempt));
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task Ask_NobodyDecides_GoesOnAsExpired()
    {
        await using var node = await Node.StartAsync(Store, workers: [("ask", Asking(TimeSpan.FromMilliseconds(300)))]);

        var ended = await node.WaitForEndAsync(Assert.Single(await node.SubmitAsync("default", node.NewTask("ask"))));

        Assert.Equal((TaskState.Completed, "\"Expired//\""), (ended.State, Encoding.UTF8.GetString(ended.Result!.Value.Span)));
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task Ask_Aborted_TellsWhoWaitsForTheEnd()
    {
        await using var node = await Node.StartAsync(Store, workers: [("ask", Asking(null))]);
        var asking = Assert.Single(await node.SubmitAsync("default", node.NewTask("ask")));
        await WaitUntilAskedAsync(asking);
        var end = node.WaitForEndAsync(asking);

        await node.Get<ISteeringOperations>().DecideAsync(asking, new ApprovalReply(ApprovalVerdict.Abort), CancellationToken.None);

        Assert.Equal((TaskState.Failed, ErrorCodes.Rejected), ((await end).State, (await end).Error!.Code));
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task Messages_SentBetweenSteps_AreConsumedOnceByAttemptsThatFailBetween()
    {
        const int Messages = 6;
        var attempts = 0;
        var heard = new ConcurrentQueue<string>();
        var worker = new FakeExecutor(async (context, token) =>
        {
            var known = context.Checkpoint is { } noted ? int.Parse(Encoding.UTF8.GetString(noted.Span), CultureInfo.InvariantCulture) : 0;
            var attempt = Interlocked.Increment(ref attempts);
            while (known < Messages)
            {
                var messages = await context.Journal.ReadMessagesAsync(token);
                if (messages.Count == 0)
                {
                    await Task.Delay(5, token);
                    continue;
                }

                // Read and not consumed: the next attempt must hear it again.
                if (attempt < 3)
                {
                    await context.Journal.SaveAsync(Note(known + 1), messages[0].Number, null, token);
                    heard.Enqueue(messages[0].Content);
                    throw new InvalidOperationException("between two steps");
                }

                known += messages.Count;
                await context.Journal.SaveAsync(Note(known), messages[^1].Number, null, token);
                messages.ToList().ForEach(message => heard.Enqueue(message.Content));
            }

            return FakeExecutor.Success();
        });
        await using var node = await Node.StartAsync(Store, workers: [("chat", worker)]);
        var id = Assert.Single(await node.SubmitAsync("default", node.NewTask("chat")));

        for (var number = 0; number < Messages; number++)
        {
            Assert.IsType<MessageResult.Accepted>(await node.Get<ISteeringOperations>().SendAsync(
                id, [new NewMessage("user", number.ToString(CultureInfo.InvariantCulture))], null, CancellationToken.None));
        }

        Assert.Equal(TaskState.Completed, (await node.WaitForEndAsync(id)).State);
        Assert.Equal(["0", "1", "2", "3", "4", "5"], heard);
        await AssertSoundAsync();

        static byte[] Note(int known) => Encoding.UTF8.GetBytes(known.ToString(CultureInfo.InvariantCulture));
    }

    [StoreFact]
    public async Task Message_SentAfterTheLastLook_IsHeardBeforeTheEnd()
    {
        var looked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var worker = new FakeExecutor(async (context, token) =>
        {
            var messages = await context.Journal.ReadMessagesAsync(token);
            looked.TrySetResult();
            await said.Task.WaitAsync(token);
            var heard = messages.Count == 0 ? 0 : messages[^1].Number;
            return FakeExecutor.Success($"\"{string.Concat(messages.Select(message => message.Content))}\"") is AttemptResult.Success success
                ? success with { HeardThrough = heard }
                : throw new InvalidOperationException("No success.");
        });
        await using var node = await Node.StartAsync(Store, workers: [("chat", worker)]);
        var id = Assert.Single(await node.SubmitAsync("default", node.NewTask("chat") with { MaxAttempts = 1 }));

        await looked.Task;
        await node.Get<ISteeringOperations>().SendAsync(id, [new NewMessage("user", "wait")], null, CancellationToken.None);
        said.SetResult();

        var ended = await node.WaitForEndAsync(id);
        Assert.Equal((TaskState.Completed, "\"wait\"", 1), (ended.State, Encoding.UTF8.GetString(ended.Result!.Value.Span), ended.Attempt));
        await AssertSoundAsync();
    }

    private static FakeExecutor Asking(TimeSpan? timeLimit) => new(async (context, token) =>
        await context.Journal.FindAnswerAsync(token) is { } answer
            ? FakeExecutor.Success(System.Text.Json.JsonSerializer.Serialize(
                $"{answer.Decision}/{(answer.Edits is { } edits ? Encoding.UTF8.GetString(edits.Span) : null)}/{answer.Comment}"))
            : new AttemptResult.Asking(new ApprovalRequest("Send it?", TimeLimit: timeLimit)));

    private async Task WaitUntilAskedAsync(Guid id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await Store.Steering.FindLastApprovalAsync(id, null, limit.Token) is null)
        {
            await Task.Delay(10, limit.Token);
        }
    }
}
