using System.Text.Json;

namespace Orchestrator.Workers.Validation.Rules;

/// <summary><c>if</c>, <c>then</c> and <c>else</c>.</summary>
internal sealed class IfRule(SchemaNode condition, SchemaNode? then, SchemaNode? otherwise) : IRule
{
    public bool Check(JsonElement value, Place place, Evaluation evaluation, Marks? marks)
    {
        var branch = condition.Fits(value, place, evaluation, marks) ? then : otherwise;
        return branch is null || branch.Check(value, place, evaluation, marks);
    }
}
