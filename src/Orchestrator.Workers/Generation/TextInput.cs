namespace Orchestrator.Workers.Generation;

/// <summary>Input of <c>generation.text</c>.</summary>
public record TextInput
{
    /// <summary>Which model is to answer, as <c>provider/model</c>; no other stands in for it. Default: the configured one.</summary>
    public string? Model { get; init; }

    /// <summary>What the model is asked; this or <see cref="Messages"/>.</summary>
    public string? Prompt { get; init; }

    /// <summary>A conversation that the model is to continue.</summary>
    public IReadOnlyList<MessageInput>? Messages { get; init; }

    /// <summary>What the model is told before all else.</summary>
    public string? System { get; init; }

    /// <summary>The most tokens of the answer. Default: the configured bound.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>From 0 to 2. Default: the provider's own.</summary>
    public double? Temperature { get; init; }
}
