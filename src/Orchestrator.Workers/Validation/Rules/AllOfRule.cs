using System.Text.Json;

namespace Orchestrator.Workers.Validation.Rules;

/// <summary><c>allOf</c>, and <c>$ref</c>, which is one schema more that must fit.</summary>
internal sealed class AllOfRule(IReadOnlyList<SchemaNode> schemas) : IRule
{
    public bool Check(JsonElement value, Place place, Evaluation evaluation, Marks? marks)
    {
        var valid = true;
        foreach (var schema in schemas)
        {
            valid &= schema.Check(value, place, evaluation, marks);
        }

        return valid;
    }
}
