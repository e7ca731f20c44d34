using System.Text.Json;

namespace Orchestrator.Workers.Validation.Rules;

/// <summary><c>minLength</c> and <c>maxLength</c>, in Unicode characters.</summary>
internal sealed class LengthRule(long? min, long? max) : IRule
{
    public bool Check(JsonElement value, Place place, Evaluation evaluation, Marks? marks)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return true;
        }

        evaluation.Spend(Equality.Cost(value));
        var length = 0;
        foreach (var _ in value.GetString()!.EnumerateRunes())
        {
            length++;
        }

        return Bounds.Check(length, min, max, "character", place, evaluation);
    }
}
