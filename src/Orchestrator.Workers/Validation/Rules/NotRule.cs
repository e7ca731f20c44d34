using System.Text.Json;

namespace Orchestrator.Workers.Validation.Rules;

/// <summary><c>not</c>.</summary>
internal sealed class NotRule(SchemaNode schema) : IRule
{
    public bool Check(JsonElement value, Place place, Evaluation evaluation, Marks? marks) =>
        !schema.Fits(value, place, evaluation, null)
        || evaluation.Fail(place, "must not fit the schema of not.");
}
