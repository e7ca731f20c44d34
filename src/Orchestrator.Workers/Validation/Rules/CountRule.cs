using System.Text.Json;

namespace Orchestrator.Workers.Validation.Rules;

/// <summary><c>minItems</c> and <c>maxItems</c>, <c>minProperties</c> and <c>maxProperties</c>.</summary>
internal sealed class CountRule(JsonValueKind kind, long? min, long? max) : IRule
{
    public bool Check(JsonElement value, Place place, Evaluation evaluation, Marks? marks) =>
        value.ValueKind != kind
        || (kind == JsonValueKind.Array
            ? Bounds.Check(value.GetArrayLength(), min, max, "item", place, evaluation)
            : Bounds.Check(value.GetPropertyCount(), min, max, "member", place, evaluation));
}
