using System.Text.Json;

namespace Orchestrator.Workers.Validation.Rules;

/// <summary><c>required</c>, and <c>dependentRequired</c> where a member calls for the others.</summary>
internal sealed class RequiredRule(IReadOnlyList<string> names, string? becauseOf = null) : IRule
{
    private readonly string _message = becauseOf is null ? "is required." : $"is required where {Quote.Of(becauseOf)} is.";

    public bool Check(JsonElement value, Place place, Evaluation evaluation, Marks? marks)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        evaluation.Spend(value.GetPropertyCount() + names.Count);
        if (becauseOf is not null && !value.TryGetProperty(becauseOf, out _))
        {
            return true;
        }

        var present = value.EnumerateObject().Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        var valid = true;
        foreach (var name in names)
        {
            valid &= present.Contains(name) || evaluation.Fail(place.To(name), _message);
        }

        return valid;
    }
}
