namespace Orchestrator.Core.Runs.Definitions.Reading;

/// <summary>Finds what somebody who wrote an unknown word has probably meant.</summary>
internal static class Suggestion
{
    private const int MaxLength = 64;

    /// <summary>The candidate that is nearest to the text, if one is near enough.</summary>
    public static string? Find(string text, IEnumerable<string> candidates)
    {
        if (text.Length is 0 or > MaxLength)
        {
            return null;
        }

        // A third of the letters may differ, and one of two.
        var limit = Math.Max(1, text.Length / 3);
        string? nearest = null;
        foreach (var candidate in candidates)
        {
            if (candidate.Length <= MaxLength && Math.Abs(candidate.Length - text.Length) <= limit && Distance(text, candidate) is var distance && distance <= limit)
            {
                (nearest, limit) = (candidate, distance - 1);
            }
        }

        return nearest;
    }

    /// <summary>"; did you mean 'x'?" or nothing.</summary>
    public static string Ask(string text, IEnumerable<string> candidates) => Find(text, candidates) is { } meant ? $"; did you mean '{meant}'?" : "";

    /// <summary>How many letters must be changed, left out, added, or swapped with their neighbour; the case of letters does not count.</summary>
    private static int Distance(string left, string right)
    {
        var (before, last, next) = (new int[right.Length + 1], new int[right.Length + 1], new int[right.Length + 1]);
        for (var j = 0; j <= right.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            next[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = Same(left[i - 1], right[j - 1]) ? 0 : 1;
                next[j] = Math.Min(Math.Min(last[j] + 1, next[j - 1] + 1), last[j - 1] + change);
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                {
                    next[j] = Math.Min(next[j], before[j - 2] + 1);
                }
            }

            (before, last, next) = (last, next, before);
        }

        return last[right.Length];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
