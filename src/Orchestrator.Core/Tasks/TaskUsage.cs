namespace Orchestrator.Core.Tasks;

/// <summary>What an attempt consumed: tokens by kind, and cost in the currency of the price table.</summary>
public sealed record TaskUsage(
    long InputTokens = 0,
    long OutputTokens = 0,
    long CachedTokens = 0,
    long ReasoningTokens = 0,
    decimal Cost = 0)
{
    /// <summary>The most tokens of a kind that one attempt is believed; a hundred attempts still add up.</summary>
    public const long MaxTokens = 90_000_000_000_000_000;

    /// <summary>The highest cost that one attempt is believed.</summary>
    public const decimal MaxCost = 90_000_000;

    /// <summary>The same with every figure between zero and its bound.</summary>
    public TaskUsage Bounded() => new(
        Math.Clamp(InputTokens, 0, MaxTokens),
        Math.Clamp(OutputTokens, 0, MaxTokens),
        Math.Clamp(CachedTokens, 0, MaxTokens),
        Math.Clamp(ReasoningTokens, 0, MaxTokens),
        Math.Clamp(Cost, 0, MaxCost));

    /// <summary>Both together.</summary>
    public TaskUsage Plus(TaskUsage other) => new TaskUsage(
        InputTokens + other.InputTokens,
        OutputTokens + other.OutputTokens,
        CachedTokens + other.CachedTokens,
        ReasoningTokens + other.ReasoningTokens,
        Cost + other.Cost).Bounded();

    /// <summary>Both together; null where neither is known.</summary>
    public static TaskUsage? Sum(TaskUsage? first, TaskUsage? second) => first is null ? second : second is null ? first : first.Plus(second);
}
