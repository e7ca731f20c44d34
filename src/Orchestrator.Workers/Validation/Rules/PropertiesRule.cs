using System.Text.Json;

namespace Orchestrator.Workers.Validation.Rules;

/// <summary><c>properties</c>, <c>patternProperties</c> and <c>additionalProperties</c>.</summary>
internal sealed class PropertiesRule(
    IReadOnlyDictionary<string, SchemaNode> named,
    IReadOnlyList<(SchemaPattern Pattern, SchemaNode Node)> patterns,
    SchemaNode? others,
    bool refusesOthers) : IRule
{
    private readonly string _unknown = named.Count == 0 ? "is not a known member; none is." : $"is not a known member; known are {Quote.List(named.Keys)}.";

    public bool Check(JsonElement value, Place place, Evaluation evaluation, Marks? marks)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var valid = true;
        foreach (var member in value.EnumerateObject())
        {
            evaluation.Spend(1);
            valid &= CheckMember(member.Name, member.Value, place, evaluation, marks);
            if (evaluation.IsFull)
            {
                break;
            }
        }

        return valid;
    }

    private bool CheckMember(string name, JsonElement value, Place place, Evaluation evaluation, Marks? marks)
    {
        var valid = true;
        var seen = false;
        var inside = place.To(name);
        if (named.TryGetValue(name, out var node))
        {
            seen = true;
            valid = node.Check(value, inside, evaluation, null);
        }

        foreach (var (pattern, matching) in patterns)
        {
            if (pattern.IsIn(name, evaluation))
            {
                seen = true;
                valid &= matching.Check(value, inside, evaluation, null);
            }
        }

        if (!seen && refusesOthers)
        {
            return evaluation.Fail(inside, _unknown);
        }

        if (!seen && others is not null)
        {
            seen = true;
            valid = others.Check(value, inside, evaluation, null);
        }

        if (seen)
        {
            marks?.Add(name);
        }

        return valid;
    }
}
