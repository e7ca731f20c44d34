using System.Globalization;
using System.Text.Json;

namespace Orchestrator.Workers.Validation.Rules;

/// <summary><c>contains</c>, with <c>minContains</c> and <c>maxContains</c>.</summary>
/// <param name="marksItems">Whether the items that fit count as looked at, as they do since 2020-12.</param>
internal sealed class ContainsRule(SchemaNode schema, long min, long? max, bool marksItems) : IRule
{
    public bool Check(JsonElement value, Place place, Evaluation evaluation, Marks? marks)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var count = 0L;
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (schema.Fits(item, place.At(index), evaluation, null))
            {
                count++;
                if (marksItems)
                {
                    marks?.Add(index);
                }
            }

            index++;
        }

        if (count < min)
        {
            return evaluation.Fail(place, string.Create(CultureInfo.InvariantCulture, $"must contain at least {min} items that fit contains, not {count}."));
        }

        return !(count > max)
            || evaluation.Fail(place, string.Create(CultureInfo.InvariantCulture, $"must contain at most {max} items that fit contains, not {count}."));
    }
}
