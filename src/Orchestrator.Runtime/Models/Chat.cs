namespace Orchestrator.Runtime.Models;

/// <summary>A conversation that a model is to continue.</summary>
public sealed record Chat(IReadOnlyList<ChatMessage> Messages)
{
    /// <summary>What the model may have done on its behalf.</summary>
    public IReadOnlyList<ChatTool> Tools { get; init; } = [];

    /// <summary>The JSON Schema, in UTF-8, that the answer is to follow; null for text. Models keep to it as well as they can, so the answer is to be checked.</summary>
    public ReadOnlyMemory<byte>? AnswerSchema { get; init; }

    /// <summary>Whether the answer is to be a JSON object of whatever shape; of no meaning beside <see cref="AnswerSchema"/>.</summary>
    public bool AnswersJson { get; init; }

    /// <summary>Null for the provider's own bound.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>From 0 to 2; null for the provider's own.</summary>
    public double? Temperature { get; init; }
}
