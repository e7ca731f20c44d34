using System.Net;
using System.Net.Sockets;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Models;
using Orchestrator.TestKit.Models;
using Orchestrator.Workers.Providers;

namespace Orchestrator.Workers.Tests.Providers;

/// <summary>Against a real endpoint on the loopback interface.</summary>
public sealed class ProviderClientsTests : IAsyncLifetime, IDisposable
{
    private const string Key = "sk-s3cret";

    private static readonly CancellationToken None = CancellationToken.None;

    private readonly ProviderClients _clients = new();
    private ModelEndpoint _endpoint = null!;

    public async Task InitializeAsync() => _endpoint = await ModelEndpoint.StartAsync();

    public Task DisposeAsync() => _endpoint.DisposeAsync().AsTask();

    public void Dispose() => _clients.Dispose();

    [Fact]
    public async Task Ask_AnAnswer_ComesWithItsUsage()
    {
        _endpoint.OnChat = (text, _) => Task.FromResult(new ModelReply($"heard: {text}"));

        var answer = await Chat().AskAsync(new ChatRequest("Do it.", "the text") { Json = true }, None);

        Assert.Equal(new ChatAnswer("heard: the text", new TaskUsage(100, 7)), answer);
        var body = Assert.Single(_endpoint.Requests);
        Assert.Equal(("family/model-1", "json_object"), (body["model"]!.GetValue<string>(), body["response_format"]!["type"]!.GetValue<string>()));
        Assert.Equal(["system", "user"], body["messages"]!.AsArray().Select(message => message!["role"]!.GetValue<string>()));
        Assert.Equal([$"Bearer {Key}"], _endpoint.Keys.Keys);
    }

    [Theory]
    [InlineData(500, ModelFailure.Unavailable)]
    [InlineData(503, ModelFailure.Unavailable)]
    [InlineData(400, ModelFailure.Refused)]
    [InlineData(401, ModelFailure.Refused)]
    [InlineData(302, ModelFailure.Refused)]
    [InlineData(429, ModelFailure.RateLimited)]
    public async Task Ask_ProviderThatFails_IsToldOnceAndRepeatsNothingItSaid(int status, ModelFailure failure)
    {
        _endpoint.OnChat = (_, _) => Task.FromResult(ModelReply.Failure(status, $$$"""{"error": {"message": "Incorrect API key provided: {{{Key}}}"}}"""));

        var exception = await Assert.ThrowsAsync<ModelException>(() => Chat().AskAsync(new ChatRequest("a", "b"), None));

        Assert.Equal((failure, 1), (exception.Failure, _endpoint.Chats));
        Assert.DoesNotContain(Key, exception.ToString(), StringComparison.Ordinal);
        Assert.Contains("stub/family/model-1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_RetryAfter_IsHandedOn()
    {
        _endpoint.OnChat = (_, _) => Task.FromResult(ModelReply.Failure(429) with { RetryAfterSeconds = 17 });

        var exception = await Assert.ThrowsAsync<ModelException>(() => Chat().AskAsync(new ChatRequest("a", "b"), None));

        Assert.Equal(TimeSpan.FromSeconds(17), exception.RetryAfter);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>hello</html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"choices": []}""")]
    [InlineData("""{"choices": [{"index": 0, "finish_reason": "stop", "message": null}]}""")]
    public async Task Ask_AnswerOfNoProtocol_IsInvalidOrEmpty(string body)
    {
        _endpoint.OnChat = (_, _) => Task.FromResult(new ModelReply("") { RawBody = body });

        var answer = await Record.ExceptionAsync(() => Chat().AskAsync(new ChatRequest("a", "b"), None));

        Assert.Equal(ModelFailure.InvalidAnswer, Assert.IsType<ModelException>(answer).Failure);
    }

    [Fact]
    public async Task Ask_NobodyListening_IsUnavailable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var exception = await Assert.ThrowsAsync<ModelException>(() => Chat($"http://127.0.0.1:{port}/v1").AskAsync(new ChatRequest("a", "b"), None));

        Assert.Equal(ModelFailure.Unavailable, exception.Failure);
    }

    [Fact]
    public async Task Ask_ProviderThatNeverAnswers_EndsWithTheCallersLimit()
    {
        var left = new TaskCompletionSource();
        _endpoint.OnChat = async (_, aborted) =>
        {
            aborted.Register(left.SetResult);
            await Task.Delay(Timeout.InfiniteTimeSpan, aborted);
            return ModelReply.Score(1);
        };
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Chat().AskAsync(new ChatRequest("a", "b"), limit.Token));

        await left.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Embed_ATextAsNumbers_IsItsVector()
    {
        _endpoint.OnEmbedding = text => [text.Length, 0.5f, -1];

        var answer = await _clients.Embedding(Provider(), "e").EmbedAsync("abc", None);

        Assert.Equal([3, 0.5f, -1], answer.Vector.ToArray());
        Assert.Equal(5, answer.Usage?.InputTokens);
    }

    [Fact]
    public async Task Embed_ProviderWithoutEmbeddings_IsRefused()
    {
        var exception = await Assert.ThrowsAsync<ModelException>(() => _clients.Embedding(Provider(), "e").EmbedAsync("abc", None));

        Assert.Equal(ModelFailure.Refused, exception.Failure);
    }

    [Fact]
    public void ToString_OfAProvider_HasNoKey() => Assert.DoesNotContain(Key, Provider().ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("openai/gpt", "openai", "gpt")]
    [InlineData("router/meta/llama-3", "router", "meta/llama-3")]
    public void Parse_AModelsName_IsProviderAndTheRest(string text, string provider, string model) =>
        Assert.Equal(new ModelName(provider, model), ModelName.Parse(text));

    [Theory]
    [InlineData("gpt")]
    [InlineData("/gpt")]
    [InlineData("openai/")]
    [InlineData("openai/ gpt")]
    public void Parse_AnythingElse_IsNone(string text) => Assert.Null(ModelName.Parse(text));

    private IChatModel Chat(string? url = null) => _clients.Chat(Provider(url), "family/model-1");

    private Provider Provider(string? url = null) => new("stub", url ?? _endpoint.BaseUrl, Key, null);
}
