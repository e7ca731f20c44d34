using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestrator.TestKit.Prometheus;

/// <summary>A page of the text format, read strictly: a family is told once, HELP and TYPE first and then all its samples.</summary>
public sealed partial class PrometheusPage
{
    private readonly Dictionary<string, PrometheusFamily> _families = new(StringComparer.Ordinal);

    private PrometheusPage()
    {
    }

    public IReadOnlyCollection<PrometheusFamily> Families => _families.Values;

    public PrometheusFamily this[string name] =>
        _families.TryGetValue(name, out var family) ? family : throw new KeyNotFoundException($"There is no {name} among {string.Join(' ', _families.Keys)}.");

    public bool Has(string name) => _families.ContainsKey(name);

    /// <exception cref="FormatException">The text breaks a rule of the format.</exception>
    public static PrometheusPage Parse(string text)
    {
        if (!text.EndsWith('\n'))
        {
            throw new FormatException("The last line has no end.");
        }

        var page = new PrometheusPage();
        var samples = new List<PrometheusSample>();
        PrometheusFamily? family = null;
        string? helpOf = null;
        var help = "";
        foreach (var line in text[..^1].Split('\n'))
        {
            if (Help().Match(line) is { Success: true } helped)
            {
                (helpOf, help) = (helped.Groups["name"].Value, helped.Groups["text"].Value);
            }
            else if (Type().Match(line) is { Success: true } typed && typed.Groups["name"].Value == helpOf)
            {
                samples = [];
                family = new PrometheusFamily(helpOf, help, typed.Groups["type"].Value, samples);
                page.Add(family);
                helpOf = null;
            }
            else if (helpOf is null && family is not null && Sample().Match(line) is { Success: true } sample && Belongs(sample.Groups["name"].Value, family))
            {
                samples.Add(Read(sample));
            }
            else
            {
                throw new FormatException($"This line may not stand here: {line}");
            }
        }

        return page;
    }

    private void Add(PrometheusFamily family)
    {
        if (!_families.TryAdd(family.Name, family))
        {
            throw new FormatException($"{family.Name} is told twice.");
        }
    }

    private static bool Belongs(string name, PrometheusFamily family) => family.Type == "histogram"
        ? name == $"{family.Name}_bucket" || name == $"{family.Name}_sum" || name == $"{family.Name}_count"
        : name == family.Name;

    private static PrometheusSample Read(Match sample)
    {
        var labels = Label().Matches(sample.Groups["labels"].Value).ToDictionary(
            label => label.Groups["name"].Value, label => Escape().Replace(label.Groups["value"].Value, escape => escape.Value[1] == 'n' ? "\n" : escape.Value[1..]));
        return new PrometheusSample(sample.Groups["name"].Value, labels, ReadValue(sample.Groups["value"].Value));
    }

    internal static double ReadValue(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(@"^# HELP (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<text>.+)$")]
    private static partial Regex Help();

    [GeneratedRegex("^# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram)$")]
    private static partial Regex Type();

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>[a-zA-Z_][a-zA-Z0-9_]*="(\\[\\n"]|[^"\\])*"(,[a-zA-Z_][a-zA-Z0-9_]*="(\\[\\n"]|[^"\\])*")*)\})? (?<value>[-+0-9.eE]+|NaN|[-+]Inf)$""")]
    private static partial Regex Sample();

    [GeneratedRegex("""(?<name>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>(\\[\\n"]|[^"\\])*)"(,|$)""")]
    private static partial Regex Label();

    [GeneratedRegex(@"\\.")]
    private static partial Regex Escape();
}
