using System.Text.Json;

namespace Orchestrator.Workers.Validation.Rules;

/// <summary><c>unevaluatedProperties</c> and <c>unevaluatedItems</c>; they stand last, when all others have said what they looked at.</summary>
internal sealed class UnevaluatedRule(JsonValueKind kind, SchemaNode rest) : IRule
{
    public bool Check(JsonElement value, Place place, Evaluation evaluation, Marks? marks)
    {
        if (value.ValueKind != kind)
        {
            return true;
        }

        return kind == JsonValueKind.Object ? CheckMembers(value, place, evaluation, marks!) : CheckItems(value, place, evaluation, marks!);
    }

    private bool CheckMembers(JsonElement value, Place place, Evaluation evaluation, Marks marks)
    {
        var valid = true;
        foreach (var member in value.EnumerateObject().Where(member => !marks.Has(member.Name)).ToList())
        {
            valid &= rest.Check(member.Value, place.To(member.Name), evaluation, null);
            marks.Add(member.Name);
        }

        return valid;
    }

    private bool CheckItems(JsonElement value, Place place, Evaluation evaluation, Marks marks)
    {
        var valid = true;
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (!marks.Has(index))
            {
                valid &= rest.Check(item, place.At(index), evaluation, null);
            }

            index++;
        }

        marks.AddFirst(index);
        return valid;
    }
}
