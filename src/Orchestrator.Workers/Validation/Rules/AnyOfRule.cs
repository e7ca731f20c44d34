using System.Globalization;
using System.Text.Json;

namespace Orchestrator.Workers.Validation.Rules;

/// <summary><c>anyOf</c> and <c>oneOf</c>. When none fits, what is wrong with the closest is told.</summary>
internal sealed class AnyOfRule(string keyword, IReadOnlyList<SchemaNode> schemas, bool exactlyOne) : IRule
{
    public bool Check(JsonElement value, Place place, Evaluation evaluation, Marks? marks)
    {
        var fitting = new List<int>();
        IReadOnlyList<PayloadError>? closest = null;
        for (var i = 0; i < schemas.Count; i++)
        {
            var schema = schemas[i];
            var fits = false;
            var errors = evaluation.Try(() => fits = schema.Check(value, place, evaluation, marks));
            if (fits)
            {
                fitting.Add(i);

                // Without somebody who asks what was looked at, the first that fits settles it.
                if (!exactlyOne && marks is null)
                {
                    return true;
                }
            }
            else if (closest is null || IsCloser(errors, closest, place))
            {
                closest = errors;
            }
        }

        if (fitting.Count == 0)
        {
            evaluation.Fail(place, string.Create(CultureInfo.InvariantCulture, $"fits none of the {schemas.Count} schemas of {keyword}; the closest asks for what follows."));
            evaluation.Adopt(closest ?? []);
            return false;
        }

        return !exactlyOne
            || fitting.Count == 1
            || evaluation.Fail(place, $"must fit exactly one schema of {keyword}, and fits those at {string.Join(" and ", fitting)}.");
    }

    /// <summary>Errors further inside mean that the value as such was meant; then the fewer the closer.</summary>
    private static bool IsCloser(IReadOnlyList<PayloadError> errors, IReadOnlyList<PayloadError> than, Place place)
    {
        var here = place.ToString();
        var inside = errors.All(error => error.Path != here);
        var otherInside = than.All(error => error.Path != here);
        return inside != otherInside ? inside : errors.Count < than.Count;
    }
}
