namespace Orchestrator.Core.Runs.Expressions.Values;

/// <summary>Numbers by size, texts by their UTF-16 code units; nothing else has an order.</summary>
internal static class Ordering
{
    /// <summary>Null where the two have no order.</summary>
    public static int? Compare(Value left, Value right, Evaluation evaluation, int position) => (left.Kind, right.Kind) switch
    {
        (ValueKind.Number, ValueKind.Number) => Numbers.Of(left, evaluation, position).CompareTo(Numbers.Of(right, evaluation, position)),
        (ValueKind.Text, ValueKind.Text) => string.CompareOrdinal(left.AsText(evaluation, position), right.AsText(evaluation, position)),
        _ => null,
    };
}
