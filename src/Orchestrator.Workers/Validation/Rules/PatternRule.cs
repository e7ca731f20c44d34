using System.Text.Json;

namespace Orchestrator.Workers.Validation.Rules;

/// <summary><c>pattern</c>.</summary>
internal sealed class PatternRule(SchemaPattern pattern) : IRule
{
    public bool Check(JsonElement value, Place place, Evaluation evaluation, Marks? marks) =>
        value.ValueKind != JsonValueKind.String
        || pattern.IsIn(value.GetString()!, evaluation)
        || evaluation.Fail(place, $"must match the pattern {Quote.Of(pattern.Text)}.");
}
