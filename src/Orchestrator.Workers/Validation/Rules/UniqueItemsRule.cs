using System.Globalization;
using System.Text.Json;

namespace Orchestrator.Workers.Validation.Rules;

/// <summary><c>uniqueItems</c>: items are compared only where their hashes agree.</summary>
internal sealed class UniqueItemsRule : IRule
{
    public bool Check(JsonElement value, Place place, Evaluation evaluation, Marks? marks)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var seen = new Dictionary<int, List<(JsonElement Item, int Index)>>();
        var valid = true;
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            evaluation.Spend(Equality.Cost(item));
            var hash = Equality.Hash(item);
            if (!seen.TryGetValue(hash, out var alike))
            {
                seen.Add(hash, alike = []);
            }

            var earlier = alike.FindIndex(other => Equality.Same(item, other.Item, evaluation));
            if (earlier < 0)
            {
                alike.Add((item, index));
            }
            else
            {
                valid = evaluation.Fail(place.At(index), string.Create(CultureInfo.InvariantCulture, $"is the same as item {alike[earlier].Index}."));
            }

            index++;
        }

        return valid;
    }
}
