using Orchestrator.Core.Tasks;
using Orchestrator.TestKit.Models;
using Orchestrator.Workers.Tests.Support;

namespace Orchestrator.Workers.Tests.Generation;

public sealed class TextTests : GenerationBench
{
    private const string Action = "generation.text";

    [Fact]
    public async Task Execute_APrompt_IsAnsweredAndStreamed()
    {
        Answer(new ModelReply("So many words that come in small pieces."));

        var result = await RunAsync(Action, """{"prompt": "Say something.", "system": "You are brief.", "temperature": 0, "maxOutputTokens": 50}""");

        Assert.Equal("""{"text":"So many words that come in small pieces.","model":"stub/m","finishReason":"stop"}""", result.ShouldSucceed().GetRawText());
        Assert.Equal("So many words that come in small pieces.", string.Concat(Reporter.Chunks));
        Assert.InRange(Reporter.Chunks.Count, 1, 8);
        Assert.Equal([["system: You are brief.", "user: Say something."]], Asked());
        Assert.Equal(new TaskUsage(100, 7, Cost: 0.00128m), result.Usage);
        Assert.Equal("stub", result.Provider);
    }

    [Fact]
    public async Task Execute_AConversationForAnotherModel_GoesThere()
    {
        var result = await RunAsync(Action, """{"model": "stub/other", "messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}, {"role": "user", "content": "c"}]}""");

        Assert.Equal("stub/other", result.ShouldSucceed().GetProperty("model").GetString());
        Assert.Equal([["user: a", "assistant: b", "user: c"]], Asked());
        Assert.Equal(("other", 4_096), (Endpoint.Requests.Single()["model"]!.GetValue<string>(), Endpoint.Requests.Single()["max_tokens"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Execute_InputWithManyMistakes_NamesAllOfThem()
    {
        var result = await RunAsync(Action, """{"model": "gpt", "prompt": " ", "messages": [], "maxOutputTokens": 0, "temperature": 3}""");
        Assert.Equal(
            "$.model: must be provider/model, such as openai/gpt-4o-mini. $: needs either prompt or messages. "
            + "$.maxOutputTokens: must be a whole number from 1 to 4096. $.temperature: must be a number from 0 to 2.",
            result.ShouldFail(ErrorCodes.InvalidInput).Message);

        result = await RunAsync(Action, """{"model": "nobody/m", "messages": [{"role": "tool", "content": ""}]}""");
        Assert.Equal(
            "$.model: names the provider nobody, which is not configured. $.messages[0].role: must be one of system, user, assistant. $.messages[0].content: must not be empty.",
            result.ShouldFail(ErrorCodes.InvalidInput).Message);

        result = await RunAsync(Action, """{"prompt": 1, "surprise": true}""");
        Assert.Equal("$.prompt: must be a string. $.surprise: there is no such member.", result.ShouldFail(ErrorCodes.InvalidInput).Message);

        result = await RunAsync(Action, """{"promt": "x", "maxOutputTokens": 99999, "temperature": 9}""");
        Assert.Equal(
            "$.promt: there is no such member. $: needs either prompt or messages. $.maxOutputTokens: must be a whole number from 1 to 4096. $.temperature: must be a number from 0 to 2.",
            result.ShouldFail(ErrorCodes.InvalidInput).Message);
        Assert.Equal(0, Endpoint.Chats);
    }

    [Theory]
    [InlineData(429, ErrorCodes.RateLimited, true)]
    [InlineData(500, ErrorCodes.ProviderError, true)]
    [InlineData(400, ErrorCodes.InvalidInput, false)]
    [InlineData(404, ErrorCodes.InvalidInput, false)]
    [InlineData(401, ErrorCodes.Unservable, false)]
    public async Task Execute_ProviderThatFails_IsACodeAfterOneRequest(int status, string code, bool retryable)
    {
        Answer(ModelReply.Failure(status, $$$"""{"error": {"message": "{{{Key}}}"}}""") with { RetryAfterSeconds = 9 });

        var result = await RunAsync(Action, """{"prompt": "a"}""");

        Assert.Equal(retryable, result.ShouldFail(code).Retryable);
        Assert.Equal((1, "stub"), (Endpoint.Chats, result.Provider));
        Assert.DoesNotContain(Key, result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_ModelWithoutItsKey_SaysWhatToSet()
    {
        var result = await RunAsync(Action, """{"prompt": "a", "model": "openai/gpt"}""");

        Assert.Equal("There is no key for openai/gpt: set OPENAI_API_KEY or Providers:openai:ApiKey.", result.ShouldFail(ErrorCodes.Unservable).Message);
    }

    [Fact]
    public async Task Execute_SlowFirstToken_IsATimeout()
    {
        Limits = Limits with { FirstToken = TimeSpan.FromMilliseconds(200) };
        Answer(ModelReply.Trickle("text/event-stream", ": wait\n\n"));

        (await RunAsync(Action, """{"prompt": "a"}""")).ShouldFail(ErrorCodes.Timeout);

        Assert.Equal(1, Endpoint.Chats);
    }

    [Theory]
    [InlineData(0.0053, 94)]
    [InlineData(0.04, 962)]
    [InlineData(10.0, 4_096)]
    public async Task Execute_UnderABudget_AsksForNoMoreThanWasReserved(double reserved, int tokens)
    {
        // 119 letters and 32 for the message at 10 a million, and the rest at 40.
        await RunAsync(Action, $$"""{"prompt": "{{new string('a', 119)}}"}""", (decimal)reserved);

        Assert.Equal(tokens, Endpoint.Requests.Single()["max_tokens"]!.GetValue<int>());
    }

    [Fact]
    public async Task Execute_InputThatMayCostAllThatWasReserved_IsNotSent()
    {
        (await RunAsync(Action, """{"prompt": "aaaaaaaaaa"}""", 0.0001m)).ShouldFail(ErrorCodes.BudgetExceeded);

        Assert.Equal(0, Endpoint.Chats);
    }

    [Fact]
    public void Describe_WithPrices_SaysWhatAnAttemptMayCost()
    {
        Options.MaxInputBytes = 1_000;
        Options.MaxOutputTokens = 100;

        // 1,032 tokens at 10 and 100 at 40 a million; JSON asks twice.
        Assert.Equal(0.01432m, Describe(Action).MaxCost);
        Assert.Equal(0.02864m, Describe("generation.json").MaxCost);
        Assert.Null(Describe("embeddings").MaxCost);
    }

    [Fact]
    public async Task Execute_MoreTextThanIsSent_IsRefused()
    {
        Options.MaxInputBytes = 10;

        var error = (await RunAsync(Action, """{"prompt": "more than ten"}""")).ShouldFail(ErrorCodes.InvalidInput);

        Assert.Equal("$: has 13 bytes of text; at most 10 are sent to a model.", error.Message);
    }

    [Fact]
    public void Describe_WithoutAModel_SaysWhatToSet()
    {
        Options.Model = null;
        Options.EmbeddingModel = null;

        Assert.StartsWith("No model is configured: set Generation:Model to provider/model", Describe(Action).UnavailableReason, StringComparison.Ordinal);
        Assert.StartsWith("No model is configured: set Generation:EmbeddingModel", Describe("embeddings").UnavailableReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_AChainOfModels_DependsOnTheLastProvider()
    {
        Options.Fallbacks = ["openai/gpt"];

        Assert.Equal("openai", Describe(Action).Provider);
        Assert.Null(Describe(Action).MaxCost);
    }
}
