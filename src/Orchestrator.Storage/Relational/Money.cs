namespace Orchestrator.Storage.Relational;

/// <summary>Amounts as the store keeps them: in billionths of the currency, so that sums are exact.</summary>
internal static class Money
{
    public static long? ToNanos(decimal? amount) => amount is { } value ? (long)decimal.Round(value * TaskColumns.CostUnit) : null;

    public static decimal OfNanos(long nanos) => nanos / TaskColumns.CostUnit;
}
