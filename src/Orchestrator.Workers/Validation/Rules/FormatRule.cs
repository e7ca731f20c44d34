using System.Text.Json;

namespace Orchestrator.Workers.Validation.Rules;

/// <summary><c>format</c>, of the formats that are known here.</summary>
internal sealed class FormatRule(SchemaFormat format) : IRule
{
    public bool Check(JsonElement value, Place place, Evaluation evaluation, Marks? marks)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return true;
        }

        evaluation.Spend(Equality.Cost(value));
        return format.IsMet(value.GetString()!) || evaluation.Fail(place, $"must be {format.Description}.");
    }
}
