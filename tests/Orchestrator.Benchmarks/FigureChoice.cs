using Orchestrator.Benchmarks.Figures;

namespace Orchestrator.Benchmarks;

/// <summary>What of all that can be measured is measured.</summary>
internal static class FigureChoice
{
    /// <param name="figures">Names of figures; all when there are none.</param>
    /// <param name="contenders">Parts of contenders' names, in any case; all when there are none.</param>
    /// <exception cref="ArgumentException">Something named is not known; says what is.</exception>
    public static IReadOnlyList<Figure> Of(IReadOnlyList<Figure> all, IReadOnlyList<string> figures, IReadOnlyList<string> contenders)
    {
        if (figures.Except(all.Select(figure => figure.Name)).ToList() is { Count: > 0 } unknown)
        {
            throw new ArgumentException($"No figure is named {string.Join(" or ", unknown)}. There are:\n{List(all)}");
        }

        var chosen = all.Where(figure => figures.Count == 0 || figures.Contains(figure.Name)).ToList();
        if (contenders.Where(part => !chosen.Any(figure => figure.Contenders.Any(contender => Has(contender.Name, part)))).ToList() is { Count: > 0 } missing)
        {
            throw new ArgumentException($"No contender's name holds {string.Join(" or ", missing)}. There are:\n{List(chosen)}");
        }

        return contenders.Count == 0
            ? chosen
            : [.. chosen.Select(figure => Only(figure, name => contenders.Any(part => Has(name, part)))).Where(figure => figure.Contenders.Count > 0)];
    }

    /// <summary>The figures, each with its contenders under it.</summary>
    public static string List(IEnumerable<Figure> figures) =>
        string.Join('\n', figures.Select(figure => $"{figure.Name}\n{string.Concat(figure.Contenders.Select(contender => $"    {contender.Name}\n"))}"));

    private static Figure Only(Figure figure, Func<string, bool> takesPart) => figure with
    {
        Contenders = [.. figure.Contenders.Where(contender => takesPart(contender.Name))],
        Goals = [.. figure.Goals.Where(goal => takesPart(goal.Contender) && (goal.RelativeTo is null || takesPart(goal.RelativeTo)))],
    };

    private static bool Has(string name, string part) => name.Contains(part, StringComparison.OrdinalIgnoreCase);
}
