using FsCheck;
using FsCheck.Fluent;
using Orchestrator.Core.Concepts;

namespace Orchestrator.Core.Tests.Priorities;

public sealed class FingerprintPropertyTests
{
    private static readonly string[] Verbs = ["scrivi", "write", "delete", "analizza", "translate", "pubblicare"];
    private static readonly string[] Types = ["articolo", "newsletter", "reports", "comunicato stampa"];
    private static readonly string[] Things =
        ["intelligenza artificiale", "machine learning", "urgent", "sostenibilità", "customer experience", "prezzi", "weekly", "zucchine", "quarterly", "2025"];

    // Any UTF-16 code units, halves of pairs among them.
    private static readonly Gen<string> AnyText = Gen.Choose(0, char.MaxValue).Select(unit => (char)unit).ListOf().Select(units => string.Concat(units));

    private static readonly Gen<string> Words = Gen.Elements(
        [.. Verbs, .. Types, .. Things, "non", "to", "a", "Marco", "Acme", "e", ",", ".", "prima di", "after", "3", "€", "su", "from", "il", "🍕", "with", "AI", "ai"]);

    private static readonly Gen<string> Sentences = Words.ListOf().Select(words => string.Join(' ', words));

    [Fact]
    public void Key_OfOneVerbOneTypeAndThings_DoesNotDependOnTheirOrder()
    {
        var tasks = from verb in Gen.Elements(Verbs)
                    from type in Gen.Elements(Types)
                    from things in Gen.SubListOf(Things)
                    from order in Gen.Shuffle<string>([verb, type, .. things])
                    select (Told: string.Join(' ', [verb, type, .. things]), Other: string.Join(' ', order));

        Prop.ForAll(tasks.ToArbitrary(), task => Subjects.Fingerprint(task.Told).Key == Subjects.Fingerprint(task.Other).Key).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Key_OfAnyText_IsTheSameEachTime() =>
        Prop.ForAll(Gen.OneOf(AnyText, Sentences).ToArbitrary(), text => Subjects.Fingerprint(text) == Subjects.Fingerprint(string.Concat(text))).QuickCheckThrowOnFailure();

    [Fact]
    public void Key_OfAnyText_DiffersBetweenWorkspaces() =>
        Prop.ForAll(
            Gen.OneOf(AnyText, Sentences).ToArbitrary(),
            AnyText.ToArbitrary(),
            (text, workspace) => workspace == "acme" || Subjects.Fingerprint(text, workspace).Key != Subjects.Fingerprint(text).Key).QuickCheckThrowOnFailure();

    [Fact]
    public void Key_OfTwoTextsInWhichNothingIsKnown_IsEqualOnlyWhereTheyAre() =>
        Prop.ForAll(
            AnyText.ToArbitrary(),
            AnyText.ToArbitrary(),
            (one, other) => (Subjects.Fingerprint(one).Key == Subjects.Fingerprint(other).Key) == (one == other)
                || ConceptNormaliser.Normalise(one).IsRecognised || ConceptNormaliser.Normalise(other).IsRecognised).QuickCheckThrowOnFailure();

    [Fact]
    public void Key_OfAText_DoesNotDependOnSpacesOrItsLastSign() =>
        Prop.ForAll(
            Sentences.ToArbitrary(),
            text => !ConceptNormaliser.Normalise(text).IsRecognised
                || Subjects.Fingerprint(text).Key == Subjects.Fingerprint($"  {text.Replace(" ", " \t ", StringComparison.Ordinal)} !\n").Key).QuickCheckThrowOnFailure();

    [Fact]
    public void Clauses_OfAnyText_AreDistinctAndHoldNothingEmpty() =>
        Prop.ForAll(
            Gen.OneOf(AnyText, Sentences).ToArbitrary(),
            text => ConceptNormaliser.Normalise(text).Clauses.All(clause => clause.Count > 0 && clause.Distinct().Count() == clause.Count && clause.All(word => word.Length > 0)))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Similarity_OfAnyTexts_IsBetweenZeroAndOneAndSymmetric() =>
        Prop.ForAll(
            Sentences.ToArbitrary(),
            Sentences.ToArbitrary(),
            (one, other) => ConceptNormaliser.Normalise(one).Similarity(ConceptNormaliser.Normalise(other)) is >= 0 and <= 1 and var similarity
                && similarity == ConceptNormaliser.Normalise(other).Similarity(ConceptNormaliser.Normalise(one))).QuickCheckThrowOnFailure();
}
