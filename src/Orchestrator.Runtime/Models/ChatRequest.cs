namespace Orchestrator.Runtime.Models;

/// <summary>What a model is asked.</summary>
/// <param name="Instructions">What it is to do, in our words.</param>
/// <param name="Text">What it is to do that with, in anybody's words.</param>
public sealed record ChatRequest(string Instructions, string Text)
{
    /// <summary>Whether the answer is to be a JSON object.</summary>
    public bool Json { get; init; }
}
