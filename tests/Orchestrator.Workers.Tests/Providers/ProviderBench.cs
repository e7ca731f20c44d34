using Orchestrator.Runtime.Models;
using Orchestrator.TestKit.Models;
using Orchestrator.Workers.Providers;

namespace Orchestrator.Workers.Tests.Providers;

/// <summary>A provider on the loopback interface, and what asks it.</summary>
public abstract class ProviderBench : IAsyncLifetime, IDisposable
{
    protected const string Key = "sk-s3cret-canary";

    protected static readonly CancellationToken None = CancellationToken.None;

    protected static readonly Chat Question = new([new ChatMessage(ChatRole.User, "the text")]);

    private readonly List<ProviderClients> _clients = [];

    private protected ModelEndpoint Endpoint { get; private set; } = null!;

    /// <summary>Short enough for a test, long enough for a busy machine.</summary>
    private protected ModelLimits Limits { get; set; } = ModelLimits.Default with { MaxResponseBytes = 256 * 1024 };

    public async Task InitializeAsync() => Endpoint = await ModelEndpoint.StartAsync();

    public Task DisposeAsync() => Endpoint.DisposeAsync().AsTask();

    public void Dispose()
    {
        _clients.ForEach(static clients => clients.Dispose());
        GC.SuppressFinalize(this);
    }

    private protected ProviderClients Clients()
    {
        var clients = new ProviderClients(Limits);
        _clients.Add(clients);
        return clients;
    }

    private protected IChatModel Chat(Provider? provider = null) => Clients().Chat(provider ?? Provider(), "family/model-1");

    private protected Provider Provider(string? url = null, string name = "stub") => new(name, url ?? Endpoint.BaseUrl, Key, null);

    private protected void Answer(ModelReply reply) => Endpoint.OnRequest = (_, _) => Task.FromResult(reply);

    /// <summary>What the model fails with: it is asked once, and repeats nothing that the provider said.</summary>
    private protected async Task<ModelException> FailAsync(bool streamed, ModelFailure failure)
    {
        var exception = await Assert.ThrowsAsync<ModelException>(() => Chat().AnswerAsync(Question, streamed ? static _ => { } : null, None).WaitAsync(TimeSpan.FromSeconds(30)));

        Assert.Equal((failure, 1), (exception.Failure, Endpoint.Chats));
        Assert.DoesNotContain(Key, exception.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("stub/family/model-1 ", exception.Message, StringComparison.Ordinal);
        Assert.Equal("stub/family/model-1", exception.Model);
        return exception;
    }
}
