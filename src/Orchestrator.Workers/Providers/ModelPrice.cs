using Orchestrator.Core.Tasks;

namespace Orchestrator.Workers.Providers;

/// <summary>What a model costs, in the currency of the price table for a million tokens.</summary>
/// <param name="CachedInput">Of input that the provider had in its cache.</param>
public sealed record ModelPrice(string Model, decimal Input, decimal Output, decimal CachedInput)
{
    private const decimal TokensPerPrice = 1_000_000;

    public decimal CostOf(TaskUsage usage)
    {
        var bounded = usage.Bounded();
        var cached = Math.Min(bounded.CachedTokens, bounded.InputTokens);
        return CostOf(bounded.InputTokens - cached, bounded.OutputTokens) + (cached / TokensPerPrice * CachedInput);
    }

    /// <summary>The cost without a cache; what the provider has cached costs no more.</summary>
    public decimal CostOf(long inputTokens, long outputTokens) =>
        (inputTokens / TokensPerPrice * Input) + (outputTokens / TokensPerPrice * Output);
}
