using Orchestrator.Core.Concepts;
using Xunit.Abstractions;

namespace Orchestrator.Core.Tests.Priorities;

public sealed class LabelledPairsTests(ITestOutputHelper output)
{
    private const double MinPrecision = 0.95;
    private const double MinRecall = 0.8;

    [Fact]
    public void Fingerprint_OfTheLabelledPairs_IsPreciseAndFindsMost()
    {
        var figures = Report("pairs.txt", Share);

        Assert.InRange(figures.Count, 60, int.MaxValue);
        Assert.InRange(figures.Precision, MinPrecision, 1);
        Assert.InRange(figures.Recall, MinRecall, 1);
    }

    /// <summary>The lexicon was not made for these: they show what to expect of tasks that nobody has seen.</summary>
    [Fact]
    public void Fingerprint_OfTheHeldOutPairs_IsAsGood()
    {
        var figures = Report("pairs-held-out.txt", Share);

        Assert.InRange(figures.Count, 40, int.MaxValue);
        Assert.InRange(figures.Precision, MinPrecision, 1);
        Assert.InRange(figures.Recall, MinRecall, 1);
    }

    /// <summary>From fields that the lexicon was not written for; the figures are reported, and only precision is asked for.</summary>
    [Fact]
    public void Fingerprint_OfTheLatePairs_IsPrecise()
    {
        var figures = Report("pairs-late.txt", Share);

        Assert.InRange(figures.Precision, MinPrecision, 1);
    }

    /// <summary>Why sharing asks for equal concepts: what nearly agrees is more often different than the same.</summary>
    [Fact]
    public void Similarity_AsARuleForSharing_IsLessPreciseThanEquality()
    {
        var exact = PairFigures.Of("pairs.txt", Share);
        foreach (var least in new[] { 0.8, 0.75, 0.6, 0.5 })
        {
            var near = PairFigures.Of("pairs.txt", (one, other) => Share(one, other) || ConceptNormaliser.Normalise(one).Similarity(ConceptNormaliser.Normalise(other)) >= least);
            output.WriteLine($"equal or similar by {least}: {near}");
            Assert.True(near.Precision <= exact.Precision);
        }
    }

    private static bool Share(string one, string other) => Subjects.Fingerprint(one).Key == Subjects.Fingerprint(other).Key;

    private PairFigures Report(string file, Func<string, string, bool> share)
    {
        var figures = PairFigures.Of(file, share);
        output.WriteLine($"{file}: {figures}");
        foreach (var wrong in figures.Wrong)
        {
            output.WriteLine(wrong);
        }

        return figures;
    }
}
