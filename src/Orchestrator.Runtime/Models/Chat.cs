namespace Orchestrator.Runtime.Models;

/// <summary>A conversation that a model is to continue.</summary>
public sealed record Chat(IReadOnlyList<ChatMessage> Messages)
{
    /// <summary>What the model may have done on its behalf.</summary>
    public IReadOnlyList<ChatTool> Tools { get; init; } = [];

    /// <summary>The JSON Schema, in UTF-8, that the answer is to follow; null for text.</summary>
    public ReadOnlyMemory<byte>? AnswerSchema { get; init; }

    /// <summary>Null for the provider's own bound.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>From 0 to 2; null for the provider's own.</summary>
    public double? Temperature { get; init; }
}
