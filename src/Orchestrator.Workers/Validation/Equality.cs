using System.Runtime.InteropServices;
using System.Text.Json;

namespace Orchestrator.Workers.Validation;

/// <summary>Whether values are the same as JSON: 1 and 1.0 are, and the order of members means nothing.</summary>
internal static class Equality
{
    public static bool Same(JsonElement left, JsonElement right, Evaluation evaluation)
    {
        if (left.ValueKind != right.ValueKind)
        {
            return false;
        }

        evaluation.Spend(Cost(left));
        return JsonElement.DeepEquals(left, right);
    }

    /// <summary>The same for values that are the same.</summary>
    public static int Hash(JsonElement value)
    {
        var hash = new HashCode();
        hash.Add(value.ValueKind);
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                hash.Add(value.GetString(), StringComparer.Ordinal);
                break;
            case JsonValueKind.Number:
                hash.Add(ExactNumber.Of(value));
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    hash.Add(Hash(item));
                }

                break;
            case JsonValueKind.Object:
                var members = 0;
                foreach (var member in value.EnumerateObject())
                {
                    members += HashCode.Combine(StringComparer.Ordinal.GetHashCode(member.Name), Hash(member.Value));
                }

                hash.Add(members);
                break;
        }

        return hash.ToHashCode();
    }

    public static long Cost(JsonElement value) => 1 + (JsonMarshal.GetRawUtf8Value(value).Length / 16);
}
