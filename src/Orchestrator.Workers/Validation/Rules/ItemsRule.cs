using System.Globalization;
using System.Text.Json;

namespace Orchestrator.Workers.Validation.Rules;

/// <summary><c>prefixItems</c> and <c>items</c>, or <c>items</c> and <c>additionalItems</c> as they were called before.</summary>
internal sealed class ItemsRule(IReadOnlyList<SchemaNode> first, SchemaNode? others, bool refusesOthers) : IRule
{
    public bool Check(JsonElement value, Place place, Evaluation evaluation, Marks? marks)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var valid = true;
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (index >= first.Count && refusesOthers)
            {
                valid = evaluation.Fail(place.At(index), string.Create(CultureInfo.InvariantCulture, $"is one item too many; {first.Count} may be there."));
                break;
            }

            if ((index < first.Count ? first[index] : others) is not { } node)
            {
                break;
            }

            valid &= node.Check(item, place.At(index), evaluation, null);
            if (evaluation.IsFull)
            {
                break;
            }

            index++;
        }

        marks?.AddFirst(index);
        return valid;
    }
}
