using Orchestrator.Core.Concepts;

namespace Orchestrator.Core.Tests.Priorities;

/// <summary>How a rule for sharing does on labelled pairs.</summary>
internal sealed class PairFigures
{
    private readonly List<string> _wrong = [];

    private PairFigures()
    {
    }

    public int Found { get; private set; }

    public int Missed { get; private set; }

    public int Mistaken { get; private set; }

    public int Told { get; private set; }

    public int Count => Found + Missed + Mistaken + Told;

    /// <summary>Of the pairs that share, the part that may.</summary>
    public double Precision => Found + Mistaken == 0 ? 1 : (double)Found / (Found + Mistaken);

    /// <summary>Of the pairs that may share, the part that does.</summary>
    public double Recall => Found + Missed == 0 ? 1 : (double)Found / (Found + Missed);

    public IReadOnlyList<string> Wrong => _wrong;

    public static PairFigures Of(string file, Func<string, string, bool> share)
    {
        var figures = new PairFigures();
        foreach (var pair in DataFile.Read(file))
        {
            Assert.Equal(4, pair.Length);
            Assert.Contains(pair[0], new[] { "same", "different" });
            figures.Add(pair, share(pair[2], pair[3]));
        }

        return figures;
    }

    public override string ToString() =>
        $"{Count} pairs: {Found} of {Found + Missed} same share, {Mistaken} of {Mistaken + Told} different share; precision {Precision:0.000}, recall {Recall:0.000}";

    private void Add(string[] pair, bool shares)
    {
        var may = pair[0] == "same";
        Found += may && shares ? 1 : 0;
        Missed += may && !shares ? 1 : 0;
        Mistaken += !may && shares ? 1 : 0;
        Told += !may && !shares ? 1 : 0;
        if (may != shares)
        {
            _wrong.Add($"{pair[0]} ({pair[1]}): \"{pair[2]}\" is [{ConceptNormaliser.Normalise(pair[2])}], \"{pair[3]}\" is [{ConceptNormaliser.Normalise(pair[3])}]");
        }
    }
}
