using System.Text.Json;

namespace Orchestrator.Workers.Validation.Rules;

/// <summary>What one keyword, or a few that belong together, ask of a value. Values of a kind that the keyword is not about fit.</summary>
internal interface IRule
{
    /// <returns>False, with errors written down, when the value does not fit.</returns>
    bool Check(JsonElement value, Place place, Evaluation evaluation, Marks? marks);
}
