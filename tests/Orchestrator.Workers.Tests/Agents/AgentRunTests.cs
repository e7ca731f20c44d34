using System.Text;
using System.Text.Json;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Delegation;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Models;
using Orchestrator.Runtime.Steering;
using Orchestrator.TestKit;
using Orchestrator.Workers.Tests.Support;
using static Orchestrator.Workers.Tests.Agents.ScriptedModels;

namespace Orchestrator.Workers.Tests.Agents;

public sealed class AgentRunTests
{
    private const string Schema = """{"type":"object","required":["answer"],"additionalProperties":false,"properties":{"answer":{"type":"integer"}}}""";

    [Fact]
    public async Task Run_TextAnswer_IsTheResult()
    {
        var harness = new AgentHarness(new ScriptedModels(Turn(Says("42"))));

        var output = (await harness.RunAsync()).ShouldSucceed();

        Assert.Equal(("42", 1), (output.GetProperty("text").GetString(), output.GetProperty("turns").GetInt32()));
        Assert.Equal(new TaskUsage(10, 1), harness.Told);
        Assert.Equal(["Be brief.", "go"], harness.Models.Asked[0].Messages.Select(message => message.Content));
        Assert.Equal("42", Assert.Single(harness.Reporter.Chunks));
    }

    /// <summary>Delegation, waiting, asking, a message and a structured end, with the process dying at each write of a checkpoint.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Run_DiesAtAnyWrite_EndsTheSameAndRepeatsNoFinishedCall(int write)
    {
        var turns = new Dictionary<string, ChatTurn>
        {
            ["go"] = Calls(("create_task", """{"action":"work.part","input":{"n":1}}"""), ("create_task", """{"action":"work.part","input":{"n":2}}""")),
            ["created"] = Calls(("wait_for_tasks", "{}")),
            ["waited"] = Calls(("ask_person", """{"question":"Is it right?","details":{"sum":3}}""")),
            ["asked"] = Calls(("finish", """{"answer":3}""")),
        };
        var models = new ScriptedModels([.. Enumerable.Repeat<Func<Chat, CancellationToken, Task<ChatTurn>>>((chat, _) => Task.FromResult(turns[StageOf(chat)]), 20)]);
        var harness = new AgentHarness(models) { Definition = new() { Name = "t", Instructions = "i", Model = "a/m", Tools = ["create_task", "wait_for_tasks", "ask_person"], OutputSchema = Schema } };
        harness.Journal.DiesAt = write;

        (await harness.RunThroughDeathsAsync()).ShouldWait();
        harness.EndChild(0, "1");
        harness.EndChild(1, "2");
        harness.Journal.Say("hurry");
        var asking = Assert.IsType<AttemptResult.Asking>(await harness.RunThroughDeathsAsync());
        Assert.Equal("""{"sum":3}""", Encoding.UTF8.GetString(asking.Request.Details!.Value.Span));
        harness.Journal.Answers[asking.Request.Key!] = new ApprovalAnswer(ApprovalDecision.Approve, """{"sum":4}"""u8.ToArray(), "well done");
        var output = (await harness.RunThroughDeathsAsync()).ShouldSucceed();

        Assert.Equal(3, output.GetProperty("answer").GetInt32());
        Assert.Equal(2, harness.Delegation.Children.Count);
        Assert.Equal(["turn-1-call-1", "turn-1-call-2"], harness.Delegation.Children.Select(child => child.Task.Key));
        var last = harness.Shown(models.Asked.Count);
        Assert.Single(last, message => message == "hurry");
        Assert.Equal("""{"decision":"approve","edits":{"sum":4},"comment":"well done"}""", last[^1]);
        Assert.Equal(8, last.Length);

        // A turn whose answer was not written down is asked again, and only what was written down is told, once.
        Assert.Equal(write == 0 ? 4 : models.Asked.Count == 5 ? 5 : 4, models.Asked.Count);
        Assert.Equal(new TaskUsage(40, 4), harness.Told);
    }

    [Fact]
    public async Task Run_MessageDuringTheLastTurn_IsAnsweredBeforeTheEnd()
    {
        AgentHarness harness = null!;
        harness = new AgentHarness(new ScriptedModels(
            (_, _) =>
            {
                harness.Journal.Say("and in French?");
                return Task.FromResult(Says("hello"));
            },
            Turn(Says("bonjour"))));

        Assert.Equal("bonjour", (await harness.RunAsync()).ShouldSucceed().GetProperty("text").GetString());

        Assert.Equal(["hello", "and in French?"], harness.Shown(2));
        Assert.Empty(await harness.Journal.ReadMessagesAsync(default));
    }

    [Fact]
    public async Task Run_TurnsUsedUp_FailsForGood()
    {
        var harness = new AgentHarness(new ScriptedModels(Turn(Calls(("wait_for_tasks", "{}"))), Turn(Calls(("wait_for_tasks", "{}")))))
        {
            Definition = new() { Name = "t", Instructions = "i", Model = "a/m", Tools = ["wait_for_tasks"], MaxTurns = 2 },
        };

        var error = (await harness.RunAsync()).ShouldFail(ErrorCodes.Rejected);

        Assert.Equal(("The agent has used its 2 turns and has not finished.", false), (error.Message, error.Retryable));
        Assert.Equal(new TaskUsage(20, 2), harness.Told);
    }

    [Fact]
    public async Task Run_ModelFails_TellsWhatWasUsedOnceAndGoesOnThere()
    {
        var harness = new AgentHarness(new ScriptedModels(
            Turn(Calls(("wait_for_tasks", "{}"))),
            (_, _) => throw new ModelException(ModelFailure.RateLimited, "a/m wants to be left alone.") { RetryAfter = TimeSpan.FromSeconds(7), Usage = new TaskUsage(5) },
            Turn(Says("done"))));

        var failure = Assert.IsType<AttemptResult.Failure>(await harness.RunAsync());
        Assert.Equal((ErrorCodes.RateLimited, TimeSpan.FromSeconds(7)), (failure.Error.Code, failure.RetryAfter));
        (await harness.RunAsync()).ShouldSucceed();

        Assert.Equal(new TaskUsage(25, 2), harness.Told);
        Assert.Equal(3, harness.Models.Asked.Count);
    }

    [Theory]
    [InlineData("nonsense", "{}", "There is no tool nonsense; there are create_task, wait_for_tasks, ask_person, finish.")]
    [InlineData("create_task", "{\"action\":", "The arguments are no JSON")]
    [InlineData("create_task", "[]", "The arguments must be a JSON object.")]
    [InlineData("create_task", "{\"action\":\"x\",\"surprise\":1}", "surprise")]
    [InlineData("wait_for_tasks", "{\"tasks\":[\"x\"]}", "must be a list of ids")]
    [InlineData("ask_person", "{}", "\"question\" must be a text")]
    [InlineData("ask_person", "{\"question\":\"q\",\"timeoutMs\":0}", "\"timeoutMs\" must be")]
    [InlineData("ask_person", "{\"question\":\"q\",\"details\":\"\\ud800\"}", "/details contains half of a surrogate pair.")]
    [InlineData("ask_person", "{\"question\":\"\\udc00\"}", "/question contains half of a surrogate pair.")]
    [InlineData("wait_for_tasks", "{\"tasks\":[\"\\u0000\"]}", "/tasks/0 contains NUL")]
    [InlineData("finish", "{\"text\":\"\\ud800\"}", "/text contains half of a surrogate pair.")]
    [InlineData("finish", "{\"text\":\"a\",\"text\":\"b\"}", "/text is a duplicate member.")]
    public async Task Run_CallThatCannotBe_TellsTheModel(string tool, string arguments, string told)
    {
        var harness = new AgentHarness(new ScriptedModels(Turn(Calls((tool, arguments))), Turn(Says("sorry"))));

        (await harness.RunAsync()).ShouldSucceed();

        Assert.StartsWith("Error: ", harness.Shown(2)[^1], StringComparison.Ordinal);
        Assert.Contains(told, harness.Shown(2)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ChildrenRefused_TellsTheModelWhy()
    {
        var harness = new AgentHarness(new ScriptedModels(Turn(Calls(("create_task", """{"action":"x"}"""))), Turn(Says("sorry"))));
        harness.Delegation.Refusal = new DelegationException(ErrorCodes.DepthExceeded, "Too deep.");

        (await harness.RunAsync()).ShouldSucceed();

        Assert.Equal("Error: The task was not created (depth_exceeded): Too deep.", harness.Shown(2)[^1]);
    }

    [Fact]
    public async Task Run_ToolsFailInARow_GivesUp()
    {
        var harness = new AgentHarness(new ScriptedModels([.. Enumerable.Repeat(Turn(Calls(("nonsense", "{}"))), 5)]));

        Assert.Equal("5 calls of tools failed in a row, the last one of nonsense.", (await harness.RunAsync()).ShouldFail(ErrorCodes.WorkerError).Message);
    }

    [Fact]
    public async Task Run_ResultAgainstItsSchema_IsToldAndThenGivenUp()
    {
        var harness = new AgentHarness(new ScriptedModels(
            Turn(Says("forty-two")), Turn(Calls(("finish", """{"answer":"x"}"""))), Turn(Says("""{"answer":1.5}""")), Turn(Calls(("finish", "{}")))))
        {
            Definition = new() { Name = "t", Instructions = "i", Model = "a/m", OutputSchema = Schema },
        };

        Assert.Contains("/answer", (await harness.RunAsync()).ShouldFail(ErrorCodes.InvalidOutput).Message + harness.Shown(3)[^1], StringComparison.Ordinal);

        Assert.Contains("no JSON", harness.Shown(2)[^1], StringComparison.Ordinal);
        Assert.Contains("/answer", harness.Shown(3)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SchemaThatIsNoObject_IsWrappedForTheToolOnly()
    {
        var harness = new AgentHarness(new ScriptedModels(Turn(Calls(("finish", """{"output":[1,2]}""")))))
        {
            Definition = new() { Name = "t", Instructions = "i", Model = "a/m", OutputSchema = """{"type":"array","items":{"$ref":"#/$defs/n"},"$defs":{"n":{"type":"integer"}}}""" },
        };

        Assert.Equal("[1,2]", (await harness.RunAsync()).ShouldSucceed().GetRawText());

        var parameters = JsonDocument.Parse(harness.Models.Asked[0].Tools.Single().Parameters).RootElement;
        Assert.True(parameters.GetProperty("$defs").TryGetProperty("n", out _));
    }

    [Fact]
    public async Task Run_TurnTakesTooLong_TimesOutAndIsTriedAgain()
    {
        var time = new ManualTimeProvider();
        var harness = new AgentHarness(new ScriptedModels(
            async (_, cancellation) =>
            {
                time.Advance(TimeSpan.FromMinutes(1));
                await Task.Delay(System.Threading.Timeout.Infinite, cancellation);
                return Says("never");
            },
            Turn(Says("done"))))
        { Time = time };

        var error = (await harness.RunAsync()).ShouldFail(ErrorCodes.Timeout);

        Assert.Equal(("Turn 1 took longer than 60000 ms.", true), (error.Message, error.Retryable));
        (await harness.RunAsync()).ShouldSucceed();
    }

    [Fact]
    public async Task Run_StoppedAfterACheckpoint_HasToldWhatWasUsed()
    {
        using var stop = new CancellationTokenSource();
        var harness = new AgentHarness(new ScriptedModels(
            Turn(Calls(("nonsense", "{}"))),
            async (_, cancellation) =>
            {
                await stop.CancelAsync();
                await Task.Delay(System.Threading.Timeout.Infinite, cancellation);
                return Says("never");
            }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => harness.RunAsync(stop.Token));

        Assert.Equal(new TaskUsage(10, 1), harness.Told);
    }

    [Fact]
    public async Task Run_HalfOfItsTimeOver_HandsOverBetweenTurns()
    {
        var time = new ManualTimeProvider();
        var harness = new AgentHarness(new ScriptedModels(
            (_, _) =>
            {
                time.Advance(TimeSpan.FromSeconds(31));
                return Task.FromResult(Calls(("wait_for_tasks", "{}")));
            },
            Turn(Says("done"))))
        { Time = time, Timeout = TimeSpan.FromMinutes(1) };

        Assert.Empty((await harness.RunAsync()).ShouldWait().Children);
        (await harness.RunAsync()).ShouldSucceed();

        Assert.Equal(2, harness.Models.Asked.Count);
        Assert.Equal(new TaskUsage(20, 2), harness.Told);
    }

    [Fact]
    public async Task Run_ReservedAmountSpent_HandsOverToAnAttemptThatReservesAnew()
    {
        var harness = new AgentHarness(new ScriptedModels(Turn(Calls(("wait_for_tasks", "{}")) with { Usage = new TaskUsage(Cost: 1) }), Turn(Says("done")))) { Reserved = 1 };

        Assert.Empty((await harness.RunAsync()).ShouldWait().Children);
        (await harness.RunAsync()).ShouldSucceed();

        Assert.Equal(new TaskUsage(10, 1, Cost: 1), harness.Told);
        (await new AgentHarness(new ScriptedModels()) { Reserved = 0 }.RunAsync()).ShouldFail(ErrorCodes.BudgetExceeded);
    }

    [Fact]
    public async Task Run_ResultsOfManyChildren_AreBounded()
    {
        var harness = new AgentHarness(new ScriptedModels(
            Turn(Calls(("create_task", """{"action":"a"}"""), ("create_task", """{"action":"b"}"""))), Turn(Calls(("wait_for_tasks", "{}"))), Turn(Says("done"))));
        (await harness.RunAsync()).ShouldWait();
        harness.EndChild(0, $"\"{new string('x', 1_000_000)}\"");
        harness.EndChild(1, "7");

        (await harness.RunAsync()).ShouldSucceed();

        var told = harness.Shown(3)[^1];
        Assert.InRange(told.Length, 30_000, 33_500);
        Assert.Contains("of 1000002 characters left out]", told, StringComparison.Ordinal);
        Assert.EndsWith("\"status\":\"completed\",\"result\":7}]", told, StringComparison.Ordinal);
    }

    /// <summary>Which part of the story a conversation has come to.</summary>
    private static string StageOf(Chat chat)
    {
        var last = chat.Messages.LastOrDefault(static message => message.Role is ChatRole.Tool);
        return last is null ? "go"
            : last.Content.StartsWith("{\"task\"", StringComparison.Ordinal) ? "created"
            : last.Content.StartsWith("[{\"task\"", StringComparison.Ordinal) ? "waited"
            : "asked";
    }
}
