using System.Diagnostics;
using Orchestrator.Core.Concepts;
using Orchestrator.Core.Concepts.Lexical;
using Xunit.Abstractions;

namespace Orchestrator.Core.Tests.Concepts;

public sealed class LexiconTests(ITestOutputHelper output)
{
    [Fact]
    public void BuiltIn_Concepts_AreManyHundreds()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        var lexicon = Lexicon.Read(EmbeddedText.Names("Lexicon/").SelectMany(EmbeddedText.Lines));

        output.WriteLine($"{lexicon.Count} concepts, read in {watch.ElapsedMilliseconds} ms into about {(GC.GetTotalMemory(forceFullCollection: true) - before) / 1024} KiB");
        Assert.InRange(lexicon.Count, 700, int.MaxValue);
    }

    [Theory]
    [InlineData("Italian")]
    [InlineData("English")]
    public void BuiltIn_ListedWords_MeanOneThingEach(string language)
    {
        var twice = from entry in Lexicon.BuiltIn[Enum.Parse<Language>(language)].Ambiguous()
                    from place in entry.Readings.Where(reading => reading.Rank == 0).GroupBy(reading => (reading.OnlyAtStart, reading.Case == LetterCase.Small))
                    where place.Select(reading => reading.First).Distinct().Count() > 1
                    select $"{entry.Form}: {string.Join(", ", place.Select(reading => reading.First.Name))}";

        Assert.Empty(twice);
    }

    [Theory]
    [InlineData("article | type")]
    [InlineData("article | thing | en: article")]
    [InlineData("article | type big | en: article")]
    [InlineData("article | type | fr: article")]
    [InlineData("article | type | article")]
    [InlineData("article | type | en: article | en: piece")]
    [InlineData("article | type | en: article, , piece")]
    [InlineData("article+email | type | en: mailing")]
    public void Read_ALineThatIsNotInTheFormat_SaysWhich(string line) =>
        Assert.Contains("lexicon", Assert.Throws<FormatException>(() => Lexicon.Read([line])).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_TwoConceptsOfOneName_IsRefused() =>
        Assert.Throws<FormatException>(() => Lexicon.Read(["post | type | en: post", "post | verb | en: publish"]));

    [Fact]
    public void Read_AListedForm_GoesBeforeAnInflectedOne()
    {
        var lexicon = Lexicon.Read(["test | verb | it: testare", "text | type | it: testo"]);

        Assert.Equal("text", lexicon[Language.Italian].Readings("testi", "testi")[0].First.Name);
        Assert.Equal("test", lexicon[Language.Italian].Readings("testa", "testa")[0].First.Name);
    }
}
