using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Runtime.Execution;
using Orchestrator.TestKit.Models;
using Orchestrator.Workers.Generation;
using Orchestrator.Workers.Providers;
using Orchestrator.Workers.Tests.Providers;
using Orchestrator.Workers.Tests.Support;

namespace Orchestrator.Workers.Tests.Generation;

/// <summary>The generation actions with a real endpoint behind them: the provider <c>stub</c>, of which <c>m</c> costs 10 and 40 a million tokens.</summary>
public abstract class GenerationBench : ProviderBench
{
    private protected GenerationOptions Options { get; } = new() { Model = "stub/m", EmbeddingModel = "stub/e" };

    /// <summary>Another address than the endpoint's.</summary>
    private protected string? BaseUrl { get; set; }

    private protected RecordingReporter Reporter { get; } = new();

    private protected ActionDescriptor Describe(string action)
    {
        var providers = new ProviderDirectory(
        [
            Provider(BaseUrl) with { Prices = [new ModelPrice("m", 10, 40, 1)] },
            new Provider("openai", KnownProvider.Find("openai")!.BaseUrl, null, null),
        ]);
        var router = new ModelRouter(providers, Clients(), TimeProvider.System, NullLogger<ModelRouter>.Instance);
        return new GenerationProvider(Microsoft.Extensions.Options.Options.Create(Options), providers, router, TimeProvider.System).Actions.Single(offered => offered.Name == action);
    }

    private protected Task<AttemptResult> RunAsync(string action, string input, decimal? reserved = null) =>
        Describe(action).Executor.ExecuteAsync(Attempts.Of(action, input, Reporter) with { Reserved = reserved }, None).WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>The texts that the model was asked with, request by request.</summary>
    private protected string[][] Asked() =>
        [.. Endpoint.Requests.Select(request => request["messages"]!.AsArray().Select(message => $"{message!["role"]}: {message["content"]}").ToArray())];

    private protected void AnswerInTurn(params ModelReply[] replies)
    {
        var next = 0;
        Endpoint.OnRequest = (_, _) => Task.FromResult(replies[Math.Min(next++, replies.Length - 1)]);
    }
}
