using System.Text;

namespace Orchestrator.Hosting.Metrics;

/// <summary>Makes names that Prometheus takes of those of instruments and labels. What is one already stays as it is.</summary>
internal static class PrometheusNames
{
    private const string Total = "_total";

    /// <summary>The name of a family: with its unit, and a counter with <c>_total</c> at its end.</summary>
    public static string Family(string name, string? unit, MetricKind kind)
    {
        var clean = Clean(name, allowColon: true);
        if (Suffix(unit, kind) is { } suffix)
        {
            var stem = clean.EndsWith(Total, StringComparison.Ordinal) ? clean[..^Total.Length] : clean;
            if (!stem.EndsWith(suffix, StringComparison.Ordinal))
            {
                clean = stem + suffix + clean[stem.Length..];
            }
        }

        return kind == MetricKind.Counter && !clean.EndsWith(Total, StringComparison.Ordinal) ? clean + Total : clean;
    }

    public static string Label(string name) => Clean(name, allowColon: false);

    /// <summary>Letters, digits and single underscores, no digit first.</summary>
    private static string Clean(string name, bool allowColon)
    {
        if (IsClean(name, allowColon))
        {
            return name;
        }

        var clean = new StringBuilder(name.Length + 1);
        foreach (var letter in name)
        {
            if (IsAllowed(letter, allowColon) && letter != '_')
            {
                if (clean.Length == 0 && char.IsAsciiDigit(letter))
                {
                    clean.Append('_');
                }

                clean.Append(letter);
            }
            else if (clean.Length == 0 || clean[^1] != '_')
            {
                clean.Append('_');
            }
        }

        return clean.Length == 0 ? "_" : clean.ToString();
    }

    private static bool IsClean(string name, bool allowColon)
    {
        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
        {
            return false;
        }

        for (var i = 0; i < name.Length; i++)
        {
            if (!IsAllowed(name[i], allowColon) || (name[i] == '_' && i > 0 && name[i - 1] == '_'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAllowed(char letter, bool allowColon) => char.IsAsciiLetterOrDigit(letter) || letter == '_' || (allowColon && letter == ':');

    private static string? Suffix(string? unit, MetricKind kind) => unit switch
    {
        null or "" => null,
        "s" => "_seconds",
        "ms" => "_milliseconds",
        "By" => "_bytes",
        "%" => "_percent",
        "1" => kind == MetricKind.Gauge ? "_ratio" : null,
        ['{', ..] => null,
        _ when Clean(unit, allowColon: false).Trim('_') is { Length: > 0 } other => $"_{other}",
        _ => null,
    };
}
