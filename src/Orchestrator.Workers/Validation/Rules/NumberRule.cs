using System.Globalization;
using System.Text.Json;

namespace Orchestrator.Workers.Validation.Rules;

/// <summary><c>minimum</c>, <c>maximum</c> and their exclusive forms: how a number must compare with the bound.</summary>
/// <param name="bound">As the schema writes it.</param>
/// <param name="words">How a number must be, before the bound: <c>at least</c>.</param>
internal sealed class NumberRule(JsonElement bound, string words, Func<int, bool> fits) : IRule
{
    private readonly ExactNumber _bound = ExactNumber.Of(bound);

    public bool Check(JsonElement value, Place place, Evaluation evaluation, Marks? marks) =>
        value.ValueKind != JsonValueKind.Number
        || fits(ExactNumber.Of(value).CompareTo(_bound))
        || evaluation.Fail(place, string.Create(CultureInfo.InvariantCulture, $"must be {words} {Quote.Of(bound)}."));
}
