using System.Text.Json;

namespace Orchestrator.Workers.Validation.Rules;

/// <summary>The schema <c>false</c>.</summary>
internal sealed class NeverRule : IRule
{
    public bool Check(JsonElement value, Place place, Evaluation evaluation, Marks? marks) =>
        evaluation.Fail(place, "must not be there: the schema allows nothing here.");
}
