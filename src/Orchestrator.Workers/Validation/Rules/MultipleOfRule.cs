using System.Globalization;
using System.Text.Json;

namespace Orchestrator.Workers.Validation.Rules;

/// <summary><c>multipleOf</c>: exact as far as decimals reach, then as good as floating point.</summary>
internal sealed class MultipleOfRule(JsonElement divisor) : IRule
{
    public bool Check(JsonElement value, Place place, Evaluation evaluation, Marks? marks) =>
        value.ValueKind != JsonValueKind.Number
        || IsMultiple(value)
        || evaluation.Fail(place, string.Create(CultureInfo.InvariantCulture, $"must be a multiple of {Quote.Of(divisor)}."));

    private bool IsMultiple(JsonElement value)
    {
        if (value.TryGetDecimal(out var number) && divisor.TryGetDecimal(out var step) && step != 0)
        {
            return number % step == 0;
        }

        var quotient = value.GetDouble() / divisor.GetDouble();
        return double.IsFinite(quotient) && Math.Floor(quotient) == quotient;
    }
}
