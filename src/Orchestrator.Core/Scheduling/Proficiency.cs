namespace Orchestrator.Core.Scheduling;

/// <summary>How well somebody who declares skills can do what needs some of them.</summary>
public static class Proficiency
{
    /// <summary>The mean over the needed skills; null when one of them is not declared.</summary>
    /// <param name="declared">A number above 0 up to 1 for each skill.</param>
    /// <param name="needed">At least one skill.</param>
    public static double? Of(IReadOnlyDictionary<string, double> declared, IReadOnlyCollection<string> needed)
    {
        var sum = 0.0;
        foreach (var skill in needed)
        {
            if (!declared.TryGetValue(skill, out var proficiency))
            {
                return null;
            }

            sum += proficiency;
        }

        return sum / needed.Count;
    }

    public static bool IsValid(double proficiency) => proficiency is > 0 and <= 1;
}
