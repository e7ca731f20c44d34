using System.Collections.Frozen;

namespace Orchestrator.Workers.Summaries;

/// <summary>Words whose full stop need not end a sentence. English, Italian, Spanish, French, German, Portuguese, Dutch.</summary>
internal static class Abbreviations
{
    /// <summary>Something always follows them: titles, references, "for example".</summary>
    private static readonly FrozenSet<string> Open = Set(
        "mr mrs ms dr prof rev hon gen col capt lt sgt gov sen rep pres st sr sra srta dott dr.ssa dott.ssa prof.ssa sig sig.ra sigg "
        + "ing avv arch geom on mons mme mlle mm me hr fr frl vs cf e.g i.e p.es ad.es es z.b d.h u.a bzw ca vgl sog p.ej p.ex ex "
        + "fig figs tab eq sec sez cap art artt pag pagg pp p vol voll no nr nn n° núm num op bd abs ziff kap approx est av ave "
        + "blvd rd mt ft jan feb apr jun jul aug sept sep oct okt nov dec dez b.v m.b dhr mevr drs bijv nl mw");

    /// <summary>May end a sentence; then a capital letter follows.</summary>
    private static readonly FrozenSet<string> Closing = Set(
        "etc ecc usw enz inc ltd corp co bros jr a.m p.m s.p.a s.r.l s.a gmbh n.v u.s u.k u.s.a e.u u.n a.c d.c b.c a.d n.chr v.chr ph.d m.d b.a m.a");

    private static readonly FrozenSet<string> GermanMonths = Set(
        "januar februar märz april mai juni juli august september oktober november dezember jahrhundert");

    public static bool IsOpen(ReadOnlySpan<char> word) => Contains(Open, word);

    public static bool IsClosing(ReadOnlySpan<char> word) => Contains(Closing, word);

    /// <summary>What makes the number before it an ordinal: "am 3. Oktober".</summary>
    public static bool FollowsOrdinal(ReadOnlySpan<char> word) => Contains(GermanMonths, word);

    private static bool Contains(FrozenSet<string> set, ReadOnlySpan<char> word)
    {
        Span<char> lower = stackalloc char[16];
        if (word.Length is 0 or > 16)
        {
            return false;
        }

        var length = word.ToLowerInvariant(lower);
        return set.GetAlternateLookup<ReadOnlySpan<char>>().Contains(lower[..length]);
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
