using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using Orchestrator.Runtime.Models;
using Orchestrator.Telemetry;

namespace Orchestrator.Workers.Providers;

/// <summary>Makes models of providers. One HTTP handler serves all; it is released with this.</summary>
public sealed class ProviderClients(ModelLimits? limits = null, TimeProvider? time = null, ModelInstruments? instruments = null) : IDisposable
{
    /// <summary>Sent to providers that want no key; the protocol's library will not go without one.</summary>
    private const string NoKey = "none";

    private readonly ModelLimits _limits = limits ?? ModelLimits.Default;
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly HttpClient _http = new(
        new SocketsHttpHandler
        {
            // A key is not carried to wherever a provider redirects.
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
    {
        // Whoever calls sets the limit.
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public IChatModel Chat(Provider provider, string model) =>
        new WatchedChatModel(new OpenAiChatModel(provider, model, ClientOf(provider).GetChatClient(model), _limits, _time), Watch(provider, model));

    public IEmbeddingModel Embedding(Provider provider, string model) =>
        new WatchedEmbeddingModel(new OpenAiEmbeddingModel(provider, model, ClientOf(provider).GetEmbeddingClient(model), _limits, _time), Watch(provider, model));

    public void Dispose() => _http.Dispose();

    private ModelWatch Watch(Provider provider, string model) => new(provider, model, _time, instruments);

    private OpenAIClient ClientOf(Provider provider) => new(
        new ApiKeyCredential(provider.ApiKey ?? NoKey),
        new OpenAIClientOptions
        {
            Endpoint = new Uri(provider.BaseUrl ?? throw new ArgumentException($"The provider {provider.Name} has no address.", nameof(provider))),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            Transport = new HttpClientPipelineTransport(_http),
        });
}
