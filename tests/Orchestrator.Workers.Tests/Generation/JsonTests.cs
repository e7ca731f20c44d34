using Orchestrator.Core.Tasks;
using Orchestrator.TestKit.Models;
using Orchestrator.Workers.Tests.Support;

namespace Orchestrator.Workers.Tests.Generation;

public sealed class JsonTests : GenerationBench
{
    private const string Action = "generation.json";

    private const string Input = """{"prompt": "How many?", "schema": {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}}""";

    [Theory]
    [InlineData("""{"n": 3}""")]
    [InlineData("```json\n{\"n\": 3}\n```")]
    public async Task Execute_AnAnswerThatFits_IsTheResult(string answer)
    {
        Answer(new ModelReply(answer));

        var result = await RunAsync(Action, Input);

        Assert.Equal(3, result.ShouldSucceed().GetProperty("value").GetProperty("n").GetInt32());
        Assert.Equal((1, "json_schema"), (Endpoint.Chats, Endpoint.Requests.Single()["response_format"]!["type"]!.GetValue<string>()));
        Assert.Empty(Reporter.Chunks);
    }

    [Theory]
    [InlineData("""{"n": "three"}""")]
    [InlineData("three")]
    public async Task Execute_AnAnswerThatDoesNotFit_IsAskedForOnceMoreWithWhatIsWrong(string first)
    {
        AnswerInTurn(new ModelReply(first), new ModelReply("""{"n": 3}"""));

        var result = await RunAsync(Action, Input);

        Assert.Equal(3, result.ShouldSucceed().GetProperty("value").GetProperty("n").GetInt32());
        Assert.Equal(new TaskUsage(200, 14, Cost: 0.00256m), result.Usage);
        var again = Asked()[1];
        Assert.Equal(["user: How many?", $"assistant: {first}"], again[..2]);
        Assert.StartsWith("user: That does not follow the schema. ", again[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_TwoAnswersThatDoNotFit_AreInvalidOutput()
    {
        Answer(new ModelReply("""{"n": "three"}"""));

        var result = await RunAsync(Action, Input);

        var error = result.ShouldFail(ErrorCodes.InvalidOutput);
        Assert.Contains("/n ", error.Message, StringComparison.Ordinal);
        Assert.True(error.Retryable);
        Assert.Equal((2, new TaskUsage(200, 14, Cost: 0.00256m)), (Endpoint.Chats, result.Usage));
    }

    [Fact]
    public async Task Execute_SecondCallThatFails_LosesNoUsage()
    {
        AnswerInTurn(new ModelReply("no"), ModelReply.Failure(500));

        var result = await RunAsync(Action, Input);

        result.ShouldFail(ErrorCodes.ProviderError);
        Assert.Equal((2, 100), (Endpoint.Chats, result.Usage!.InputTokens));
    }

    [Fact]
    public async Task Execute_AnswerThatWasCutOff_IsNotAskedForAgain()
    {
        Answer(new ModelReply("""{"n": """) { FinishReason = "length" });

        Assert.Contains("allow more maxOutputTokens", (await RunAsync(Action, Input)).ShouldFail(ErrorCodes.InvalidOutput).Message, StringComparison.Ordinal);

        Assert.Equal(1, Endpoint.Chats);
    }

    [Fact]
    public async Task Execute_NothingLeftForASecondCall_IsAskedOnce()
    {
        Answer(new ModelReply("no"));

        (await RunAsync(Action, Input, 0.003m)).ShouldFail(ErrorCodes.InvalidOutput);

        Assert.Equal(1, Endpoint.Chats);
    }

    [Fact]
    public async Task Execute_ASchemaThatIsNone_IsNamedWithAllElse()
    {
        var error = (await RunAsync(Action, """{"schema": {"type": "objekt", "required": "n"}}""")).ShouldFail(ErrorCodes.InvalidInput);

        Assert.Contains("$: needs either prompt or messages.", error.Message, StringComparison.Ordinal);
        Assert.Contains("$.schema/type: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("$.schema/required: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, Endpoint.Chats);
    }
}
