using System.Text.Json;

namespace Orchestrator.Core.Runs.Expressions.Values;

/// <summary>Whether two values are the same: of one kind, and the same all through. The order of members does not matter, nor how a number is written.</summary>
internal sealed class Equality(Evaluation evaluation, int position) : IEqualityComparer<Value>
{
    public bool Equals(Value x, Value y)
    {
        evaluation.Charge(1, position);
        if (x.Kind != y.Kind)
        {
            return false;
        }

        if (x.IsRead && y.IsRead)
        {
            evaluation.ChargeCharacters(Math.Min(x.Raw.Length, y.Raw.Length), position);
            return JsonElement.DeepEquals(x.Json, y.Json);
        }

        return x.Kind switch
        {
            ValueKind.Null => true,
            ValueKind.Boolean => x.AsBoolean() == y.AsBoolean(),
            ValueKind.Number => x.AsNumber(evaluation, position) is { } number && number == y.AsNumber(evaluation, position),
            ValueKind.Text => x.AsText(evaluation, position) == y.AsText(evaluation, position),
            ValueKind.Array => x.CountItems() == y.CountItems() && x.AsItems(evaluation, position).SequenceEqual(y.AsItems(evaluation, position), this),
            _ => x.CountMembers() == y.CountMembers() && x.AsMembers(evaluation, position).All(member => HasSame(y, member)),
        };
    }

    public int GetHashCode(Value value) => HashCode.Combine(value.Kind, value.Kind switch
    {
        ValueKind.Null => 0,
        ValueKind.Boolean => value.AsBoolean().GetHashCode(),
        ValueKind.Number => value.AsNumber(evaluation, position).GetHashCode(),
        ValueKind.Text => value.AsText(evaluation, position).GetHashCode(StringComparison.Ordinal),
        ValueKind.Array => value.AsItems(evaluation, position).Aggregate(0, (hash, item) => HashCode.Combine(hash, GetHashCode(item))),
        _ => value.AsMembers(evaluation, position).Aggregate(0, (hash, member) => hash ^ HashCode.Combine(member.Key, GetHashCode(member.Value))),
    });

    private bool HasSame(Value value, KeyValuePair<string, Value> member) =>
        value.TryMember(member.Key, evaluation, position, out var other) && Equals(member.Value, other);
}
