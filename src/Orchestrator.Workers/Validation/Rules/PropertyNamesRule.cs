using System.Text.Json;

namespace Orchestrator.Workers.Validation.Rules;

/// <summary><c>propertyNames</c>.</summary>
internal sealed class PropertyNamesRule(SchemaNode names) : IRule
{
    public bool Check(JsonElement value, Place place, Evaluation evaluation, Marks? marks)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var valid = true;
        foreach (var member in value.EnumerateObject())
        {
            var name = JsonSerializer.SerializeToElement(member.Name);
            var inside = place.To(member.Name);
            var faults = evaluation.Try(() => names.Check(name, inside, evaluation, null));
            foreach (var fault in faults)
            {
                valid = evaluation.Fail(inside, $"has a name that {fault.Message}");
            }
        }

        return valid;
    }
}
