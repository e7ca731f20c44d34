using System.Text.Json;

namespace Orchestrator.Workers.Validation.Rules;

/// <summary><c>dependentSchemas</c>: a schema that holds where a member is there.</summary>
internal sealed class DependentSchemaRule(string name, SchemaNode schema) : IRule
{
    public bool Check(JsonElement value, Place place, Evaluation evaluation, Marks? marks)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        evaluation.Spend(value.GetPropertyCount());
        return !value.TryGetProperty(name, out _) || schema.Check(value, place, evaluation, marks);
    }
}
