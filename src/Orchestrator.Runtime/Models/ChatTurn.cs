using Orchestrator.Core.Tasks;

namespace Orchestrator.Runtime.Models;

/// <summary>How a model continued a conversation.</summary>
/// <param name="Model">Who answered: <c>provider/model</c>.</param>
/// <param name="Usage">As the provider counts it, with the cost of the price table; null when it does not say.</param>
public sealed record ChatTurn(string Model, string Text, IReadOnlyList<ToolCall> ToolCalls, TaskUsage? Usage)
{
    /// <summary>Why it ended: one of <see cref="FinishReasons"/>.</summary>
    public string FinishReason { get; init; } = FinishReasons.Stop;

    /// <summary>Whether the bound on its output cut it off.</summary>
    public bool IsCutOff => FinishReason == FinishReasons.Length;
}
