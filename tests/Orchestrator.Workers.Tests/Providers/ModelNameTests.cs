using Orchestrator.Workers.Providers;

namespace Orchestrator.Workers.Tests.Providers;

public sealed class ModelNameTests
{
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
}
