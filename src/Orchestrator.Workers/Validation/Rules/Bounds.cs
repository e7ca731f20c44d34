using System.Globalization;

namespace Orchestrator.Workers.Validation.Rules;

/// <summary>Counts that have bounds: characters, items, members.</summary>
internal static class Bounds
{
    public static bool Check(long count, long? min, long? max, string unit, Place place, Evaluation evaluation)
    {
        if (count < min)
        {
            return evaluation.Fail(place, string.Create(CultureInfo.InvariantCulture, $"must have at least {Units(min.Value, unit)}, not {count}."));
        }

        return !(count > max)
            || evaluation.Fail(place, string.Create(CultureInfo.InvariantCulture, $"must have at most {Units(max.Value, unit)}, not {count}."));
    }

    private static string Units(long count, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
}
