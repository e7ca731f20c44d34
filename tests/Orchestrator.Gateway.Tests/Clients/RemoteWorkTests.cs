using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Client;
using Orchestrator.Client.Tasks;
using Orchestrator.Client.Workers;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Leases;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Runtime.Operations;
using Orchestrator.Storage.Steering;
using Orchestrator.TestKit;

namespace Orchestrator.Gateway.Tests.Clients;

/// <summary>What a remote worker's handler does and gets.</summary>
public sealed class RemoteWorkTests : RemoteWorkerBench
{
    [Fact]
    public async Task Work_ManyTasks_AreCompletedOnceEach()
    {
        var seen = new ConcurrentDictionary<Guid, int>();
        Work(RemoteHandlers.Of<int, int>((input, attempt, _) =>
        {
            seen.AddOrUpdate(attempt.Task.Id, 1, (_, count) => count + 1);
            return Task.FromResult(input * 2);
        }), slots: 8);

        var ids = await Client.Tasks.SubmitBatchAsync(
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
        await foreach (var entry in Client.Tasks.FollowAsync(id))
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
            await Task.Delay(LeaseDuration + TimeSpan.FromSeconds(2), cancellationToken);
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

    [Theory]
    [InlineData("a\0b", 1)]
    [InlineData("long", 100_000)]
    public async Task Work_HandlerThrowsWithWhatNoMessageCanHold_FailsAtOnce(string text, int times)
    {
        Work((_, _) => throw new InvalidOperationException(string.Concat(Enumerable.Repeat(text, times))));

        var task = await EndAsync(await SubmitAsync(more: task => task with { MaxAttempts = 1 }));

        Assert.Equal("worker_error", task.Error!.Code);
        Assert.StartsWith("InvalidOperationException: ", task.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_InputOfAnotherForm_IsInvalidInput()
    {
        Work(RemoteHandlers.Of<int, int>((input, _, _) => Task.FromResult(input)));

        var task = await EndAsync(await SubmitAsync("text"));

        Assert.Equal((TaskStatuses.Failed, "invalid_input", 1), (task.Status, task.Error!.Code, task.Attempt));
    }

    [Theory]
    [InlineData("""{"txt":"hello"}""")]
    [InlineData("""{"text":"hello","loud":true}""")]
    [InlineData("""{"text":null}""")]
    [InlineData("""{"text":"hello","times":"2"}""")]
    public async Task Work_InputWithOtherMembers_IsInvalidInput(string input)
    {
        Work(RemoteHandlers.Of<Words, string>((words, _, _) => Task.FromResult(string.Concat(Enumerable.Repeat(words.Text, words.Times)))));
        var right = await SubmitAsync(new Words("hello", 2));

        var wrong = await EndAsync(await SubmitAsync(more: task => task with { Input = RawJson.From(input) }));

        Assert.Equal((TaskStatuses.Failed, "invalid_input", 1), (wrong.Status, wrong.Error!.Code, wrong.Attempt));
        Assert.Equal("\"hellohello\"", (await EndAsync(right)).Result.ToString());
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
        await Gateway.Services.GetRequiredService<ISteeringOperations>().SendAsync(
            id, [new NewMessage("user", "shorter"), new NewMessage("user", "and in verse")], null, CancellationToken.None);

        Assert.Equal("""["shorter","and in verse"]""", (await EndAsync(id)).Result.ToString());
        Assert.Equal([2, 1], counts);
    }

    [Fact]
    public async Task Run_GatewayIsAwayAtFirst_WorksOnceItIsThere()
    {
        Proxy.IsDown = true;
        Work((_, _) => Task.FromResult<RawJson?>(JsonValues.ToRawJson(1)));
        await Eventually.TrueAsync(() => Task.FromResult(Problems.Count > 3), Patience, () => "It tries no more.");
        Proxy.IsDown = false;

        Assert.Equal(TaskStatuses.Completed, (await EndAsync(await SubmitAsync())).Status);
    }

    [Fact]
    public async Task Run_RequestThatIsRefusedForGood_Throws()
    {
        var worker = new RemoteWorker(Client, new RemoteWorkerOptions { Actions = ["NO ACTION"] }, (_, _) => Task.FromResult<RawJson?>(null));

        Assert.Equal("validation", (await Assert.ThrowsAsync<OrchestratorException>(() => worker.RunAsync(CancellationToken.None)).WaitAsync(Patience)).Slug);
    }

    private sealed record Words(string Text, int Times = 1);
}
