using System.Text;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Models;
using Orchestrator.TestKit.Models;
using Orchestrator.Workers.Providers;

namespace Orchestrator.Workers.Tests.Providers;

/// <summary>What models are asked, and what they answer.</summary>
public sealed class ChatModelTests : ProviderBench
{
    private static readonly ChatTool Tool = new("find", "Finds.", """{"type": "object"}"""u8.ToArray());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_Text_ComesWithItsUsage(bool streamed)
    {
        Answer(new ModelReply("So many words.") { Usage = new(100, 7, 40, 3) });
        var pieces = new List<string>();

        var turn = await Chat().AnswerAsync(Question with { MaxOutputTokens = 9, Temperature = 0.5 }, streamed ? pieces.Add : null, None);

        Assert.Equal(("stub/family/model-1", "So many words.", FinishReasons.Stop, false), (turn.Model, turn.Text, turn.FinishReason, turn.IsCutOff));
        Assert.Equal(new TaskUsage(100, 7, 40, 3), turn.Usage);
        Assert.Equal(streamed ? ["So ma", "ny wo", "rds."] : [], pieces);
        var body = Assert.Single(Endpoint.Requests);
        Assert.Equal(("family/model-1", 9, 0.5), (body["model"]!.GetValue<string>(), body["max_tokens"]!.GetValue<int>(), body["temperature"]!.GetValue<double>()));
        Assert.Equal(streamed, body["stream"]?.GetValue<bool>() ?? false);
        Assert.Null(body["response_format"]);
        Assert.Equal([$"Bearer {Key}"], Endpoint.Keys.Keys);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_CallsOfTools_AreHandedOnWhole(bool streamed)
    {
        Answer(new ModelReply("") { Calls = [("find", """{"what": "a"}"""), ("find", "{}")] });

        var turn = await Chat().AnswerAsync(Question with { Tools = [Tool] }, streamed ? static _ => { } : null, None);

        Assert.Equal([new ToolCall("call_0", "find", """{"what": "a"}"""), new ToolCall("call_1", "find", "{}")], turn.ToolCalls);
        Assert.Equal(FinishReasons.ToolCalls, turn.FinishReason);
        Assert.Equal("find", Assert.Single(Endpoint.Requests)["tools"]![0]!["function"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Answer_ConversationWithResultsOfTools_IsSentAsItWas()
    {
        var call = new ToolCall("c1", "find", "{}");

        await Chat().AnswerAsync(
            new Chat([
                new ChatMessage(ChatRole.System, "s"),
                new ChatMessage(ChatRole.User, "u"),
                new ChatMessage(ChatRole.Assistant, "") { ToolCalls = [call] },
                new ChatMessage(ChatRole.Tool, "found \"it\"") { ToolCallId = "c1" },
            ]),
            null,
            None);

        var messages = Assert.Single(Endpoint.Requests)["messages"]!.AsArray();
        Assert.Equal(["system", "user", "assistant", "tool"], messages.Select(message => message!["role"]!.GetValue<string>()));
        Assert.Null(messages[2]!["content"]);
        Assert.Equal("c1", messages[2]!["tool_calls"]![0]!["id"]!.GetValue<string>());
        Assert.Equal(("c1", "found \"it\""), (messages[3]!["tool_call_id"]!.GetValue<string>(), messages[3]!["content"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData(true, "json_schema", 1)]
    [InlineData(false, "json_object", 2)]
    public async Task Answer_WithASchema_TellsItAsTheProviderTakesIt(bool takesSchemas, string format, int messages)
    {
        var schema = Encoding.UTF8.GetBytes("""{"type": "object", "required": ["n"]}""");

        await Chat(Provider() with { TakesSchemas = takesSchemas }).AnswerAsync(Question with { AnswerSchema = schema }, null, None);

        var body = Assert.Single(Endpoint.Requests);
        Assert.Equal((format, messages), (body["response_format"]!["type"]!.GetValue<string>(), body["messages"]!.AsArray().Count));
        Assert.Contains("required", takesSchemas ? body["response_format"]!["json_schema"]!["schema"]!.ToJsonString() : body["messages"]![0]!["content"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_AsJson_AsksForAnObject()
    {
        await Chat().AnswerAsync(Question with { AnswersJson = true }, null, None);

        Assert.Equal("json_object", Assert.Single(Endpoint.Requests)["response_format"]!["type"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("length", FinishReasons.Length)]
    [InlineData("content_filter", FinishReasons.ContentFilter)]
    [InlineData("insufficient_system_resource", FinishReasons.Other)]
    public async Task Answer_AnotherEnd_IsTold(string said, string reason)
    {
        Answer(new ModelReply("a") { FinishReason = said });

        var turn = await Chat().AnswerAsync(Question, static _ => { }, None);

        Assert.Equal((reason, reason == FinishReasons.Length), (turn.FinishReason, turn.IsCutOff));
    }

    [Theory]
    [InlineData("""{"choices": [{"message": {"content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}}]}""", "ab", "stop")]
    [InlineData("""{"choices": [{"message": {"content": null, "refusal": "No."}, "finish_reason": "stop"}], "usage": null}""", "No.", "refusal")]
    [InlineData("""{"error": null, "choices": [{"message": {"content": "a", "tool_calls": null}, "finish_reason": "eos"}], "usage": {"prompt_tokens": "many"}}""", "a", "stop")]
    public async Task Answer_OfADialectOfTheProtocol_IsRead(string body, string text, string reason)
    {
        Answer(new ModelReply("") { RawBody = body });

        var turn = await Chat().AnswerAsync(Question, null, None);

        Assert.Equal((text, reason), (turn.Text, turn.FinishReason));
    }

    [Fact]
    public async Task Answer_ProviderThatDoesNotStream_IsReadWhole()
    {
        Answer(new ModelReply("") { RawBody = """{"choices": [{"message": {"content": "all at once"}, "finish_reason": "stop"}]}""" });
        var pieces = new List<string>();

        var turn = await Chat().AnswerAsync(Question, pieces.Add, None);

        Assert.Equal(("all at once", "all at once"), (turn.Text, Assert.Single(pieces)));
    }

    [Fact]
    public async Task Answer_OfAModelWithAPrice_HasItsCost()
    {
        Answer(new ModelReply("a") { Usage = new(1_000, 500, 400) });
        var provider = Provider() with { Prices = [new ModelPrice("family/model-1", 10, 40, 1)] };

        var turn = await Chat(provider).AnswerAsync(Question, static _ => { }, None);

        Assert.Equal(0.006m + 0.0004m + 0.02m, turn.Usage!.Cost);
    }

    [Fact]
    public async Task Answer_ThoughtsCountedBesideTheOutput_AreOutput()
    {
        Answer(new ModelReply("") { RawBody = """{"choices": [{"message": {"content": "a"}}], "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 35, "completion_tokens_details": {"reasoning_tokens": 20}}}""" });

        Assert.Equal(new TaskUsage(10, 25, 0, 20), (await Chat().AnswerAsync(Question, null, None)).Usage);
    }

    [Fact]
    public async Task Embed_Texts_AreTheirVectorsInOrder()
    {
        Endpoint.OnEmbedding = text => [text.Length, 0.5f, -1];

        var answer = await Clients().Embedding(Provider(), "e").EmbedAsync(["abc", "de"], None);

        Assert.Equal([[3, 0.5f, -1], [2, 0.5f, -1]], answer.Vectors.Select(vector => vector.ToArray()));
        Assert.Equal(10, answer.Usage?.InputTokens);
    }

    [Fact]
    public async Task Embed_ProviderWithoutEmbeddings_KnowsNoSuchModel()
    {
        var exception = await Assert.ThrowsAsync<ModelException>(() => Clients().Embedding(Provider(), "e").EmbedAsync(["abc"], None));

        Assert.Equal(ModelFailure.UnknownModel, exception.Failure);
    }

    [Fact]
    public void ToString_OfAProvider_HasNoKey() => Assert.DoesNotContain(Key, Provider().ToString(), StringComparison.Ordinal);
}
