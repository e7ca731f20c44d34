namespace Orchestrator.Workers.Providers;

/// <summary>A provider of models that speaks the protocol of OpenAI. Section <c>Providers:{name}</c>. <c>openai</c> and <c>xai</c> are known without one as soon as their keys are there.</summary>
public sealed class ProviderOptions
{
    public const string Section = "Providers";

    /// <summary>Where its API begins, such as <c>http://127.0.0.1:11434/v1</c>. Default: that of <c>openai</c> and <c>xai</c>; every other provider must have one.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>The key that is sent to it; never shown. Default: <c>OPENAI_API_KEY</c> for <c>openai</c>, <c>XAI_API_KEY</c> for <c>xai</c>, none for others.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The models that may be asked for. Default: any.</summary>
    public List<string>? Models { get; set; }

    /// <summary>Whether it can be told the JSON Schema that an answer is to follow; if not, models are told in words. Default: true.</summary>
    public bool TakesSchemas { get; set; } = true;

    /// <summary>What models cost per million tokens: a list of <c>{Model, Input, Output, CachedInput}</c>; <c>CachedInput</c> is <c>Input</c> where it is left out. Default: none, and costs are not counted.</summary>
    public List<ModelPriceOptions>? Prices { get; set; }
}
