using System.Text.Json;

namespace Orchestrator.Workers.Validation.Rules;

/// <summary><c>enum</c>, and <c>const</c> as an enumeration of one.</summary>
internal sealed class EnumRule(IReadOnlyList<JsonElement> values) : IRule
{
    private readonly string _expected = values.Count switch
    {
        0 => "can have no value: enum is empty.",
        1 => $"must be {Quote.Of(values[0])}.",
        _ => $"must be one of {Quote.List(values.Select(value => value.GetRawText()))}.",
    };

    public bool Check(JsonElement value, Place place, Evaluation evaluation, Marks? marks)
    {
        evaluation.Spend(1 + (values.Count / 4));
        foreach (var allowed in values)
        {
            if (Equality.Same(value, allowed, evaluation))
            {
                return true;
            }
        }

        return evaluation.Fail(place, _expected);
    }
}
