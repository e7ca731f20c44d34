using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orchestrator.Hosting;
using Orchestrator.Hosting.Configuration;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Priorities;

namespace Orchestrator.Gateway.Tests.Hosting;

public sealed class ModelSetupTests
{
    [Theory]
    [InlineData("openai/gpt-x", "OPENAI_API_KEY")]
    [InlineData("xai/grok-x", "XAI_API_KEY")]
    [InlineData("openai/gpt-x", "Providers:openai:ApiKey")]
    public void AddOrchestrator_KnownProvider_NeedsItsKeyAlone(string model, string key)
    {
        using var provider = Build(("Priorities:Model", model), (key, "k"), ("Priorities:TimeLimit", "3s"));

        Assert.Equal(model, provider.GetRequiredService<ScoringModels>().Chat.Name);
        Assert.Equal(TimeSpan.FromSeconds(3), provider.GetRequiredService<IOptions<PriorityOptions>>().Value.TimeLimit);
    }

    [Fact]
    public void AddOrchestrator_ProviderOfOnesOwn_NeedsItsAddressAlone()
    {
        using var provider = Build(
            ("Providers:local:BaseUrl", "http://127.0.0.1:11434/v1"), ("Providers:local:Models:0", "a"), ("Providers:local:Models:1", "b"), ("Priorities:Model", "local/a"), ("Priorities:EmbeddingModel", "local/b"));

        Assert.Equal("local/b", provider.GetRequiredService<ScoringModels>().Embedding?.Name);
    }

    [Fact]
    public void AddOrchestrator_NoModel_ScoresByTheHeuristicAlone()
    {
        using var provider = Build(("OPENAI_API_KEY", "k"));

        Assert.Null(provider.GetService<ScoringModels>());
    }

    [Fact]
    public void AddOrchestrator_MistakesAboutModels_AreToldTogetherAndRepeatNoSecret()
    {
        var exception = Assert.Throws<ConfigurationException>(() => Build(
            ("Providers:Bad Name:BaseUrl", "http://x"),
            ("Providers:a:BaseUrl", "http://user:s3cret@x/"),
            ("Providers:b:ApiKey", "s3cret s3cret"),
            ("Providers:b:BaseUrl", "ftp://x"),
            ("Providers:c:Models", "m1, m2"),
            ("Providers:c:Key", "x"),
            ("Priorities:Model", "c/m3"),
            ("Priorities:EmbeddingModel", "nobody/x"),
            ("Priorities:TimeLimit", "1h"),
            ("Priorities:Concurrency", "0"),
            ("Priorities:CallsPerMinute", "-1"),
            ("Priorities:QueueSize", "many")));

        Assert.Equal(
            [
                "Priorities:CallsPerMinute", "Priorities:Concurrency", "Priorities:EmbeddingModel", "Priorities:Model", "Priorities:QueueSize", "Priorities:TimeLimit",
                "Providers:Bad Name", "Providers:a:BaseUrl", "Providers:b:ApiKey", "Providers:b:BaseUrl", "Providers:c:BaseUrl", "Providers:c:Key",
            ],
            exception.Mistakes.Select(mistake => mistake.Setting).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("s3cret", exception.ToString(), StringComparison.Ordinal);
        Assert.All(exception.Mistakes, mistake => Assert.NotEmpty(mistake.Fix));
    }

    [Theory]
    [InlineData("Priorities:Model", "gpt", null, null)]
    [InlineData("Priorities:Model", "openai/gpt", null, null)]
    [InlineData("Providers:openai:ApiKey", "openai/gpt", "OPENAI_API_KEY", "with space")]
    [InlineData("Priorities:EmbeddingModel", null, "Priorities:EmbeddingModel", "openai/e")]
    public void AddOrchestrator_ModelThatCannotBeAsked_IsAMistake(string setting, string? model, string? other, string? value)
    {
        var exception = Assert.Throws<ConfigurationException>(() => Build([("Priorities:Model", model), .. other is null ? Array.Empty<(string, string?)>() : [(other, value)]]));

        Assert.Contains(setting, exception.Mistakes.Select(mistake => mistake.Setting));
    }

    private static ServiceProvider Build(params (string Key, string? Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddOrchestrator(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Where(setting => setting.Value is not null).Select(setting => KeyValuePair.Create(setting.Key, setting.Value)))
            .Build());
        return services.BuildServiceProvider();
    }
}
