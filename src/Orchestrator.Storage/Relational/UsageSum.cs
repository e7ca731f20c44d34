using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Relational;

/// <summary>Usage of many attempts, added up exactly and up to a bound.</summary>
internal readonly record struct UsageSum(long InputTokens, long OutputTokens, long CachedTokens, long ReasoningTokens, long CostNanos)
{
    /// <summary>No figure is more: two of them still add up, so that a worker that reports nonsense stops nobody's settlement.</summary>
    public const long Most = 4_500_000_000_000_000_000;

    public static UsageSum Of(TaskUsage usage) => default(UsageSum).Plus(new(
        usage.InputTokens, usage.OutputTokens, usage.CachedTokens, usage.ReasoningTokens, TaskColumns.CostNanos(usage)));

    public static UsageSum Read(Row row) => new(
        row.BigInteger("input_tokens"),
        row.BigInteger("output_tokens"),
        row.BigInteger("cached_tokens"),
        row.BigInteger("reasoning_tokens"),
        row.BigInteger("cost_nanos"));

    public UsageSum Plus(UsageSum other) => new(
        Add(InputTokens, other.InputTokens),
        Add(OutputTokens, other.OutputTokens),
        Add(CachedTokens, other.CachedTokens),
        Add(ReasoningTokens, other.ReasoningTokens),
        Add(CostNanos, other.CostNanos));

    public TaskUsage ToUsage() => new(InputTokens, OutputTokens, CachedTokens, ReasoningTokens, Money.OfNanos(CostNanos));

    public Parameter[] ToParameters() =>
    [
        Parameter.BigInteger("@input_tokens", InputTokens),
        Parameter.BigInteger("@output_tokens", OutputTokens),
        Parameter.BigInteger("@cached_tokens", CachedTokens),
        Parameter.BigInteger("@reasoning_tokens", ReasoningTokens),
        Parameter.BigInteger("@cost_nanos", CostNanos),
    ];

    private static long Add(long sum, long value) => value > Most - sum ? Most : sum + value;
}
