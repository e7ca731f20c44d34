using Orchestrator.Workers.Summaries;

namespace Orchestrator.Workers.Tests.Summaries;

public sealed class SentenceSplitterTests
{
    [Theory]
    [InlineData("One. Two! Three? Four", "One.|Two!|Three?|Four")]
    [InlineData("Dr. Smith met Mr. J. R. Jones. They spoke.", "Dr. Smith met Mr. J. R. Jones.|They spoke.")]
    [InlineData("It costs 3.14 dollars, i.e. a lot, vs. 2.50 before. Fine.", "It costs 3.14 dollars, i.e. a lot, vs. 2.50 before.|Fine.")]
    [InlineData("He lives in the U.S. Many do, etc. Then he left at 5 p.m. sharp.", "He lives in the U.S.|Many do, etc.|Then he left at 5 p.m. sharp.")]
    [InlineData("\"Stop!\" he cried. \"Why?\" Nobody knew.", "\"Stop!\" he cried.|\"Why?\"|Nobody knew.")]
    [InlineData("She said: \"It works.\" Then she left. (It did.) Good.", "She said: \"It works.\"|Then she left.|(It did.)|Good.")]
    [InlineData("Well... maybe not. Well… Perhaps so.", "Well... maybe not.|Well…|Perhaps so.")]
    [InlineData("See fig. 3 and no. 5, p. 12. The answer is no. Nobody asked.", "See fig. 3 and no. 5, p. 12.|The answer is no.|Nobody asked.")]
    [InlineData("Il sig. Bianchi, p.es., arrivò alle 9.30. Poi ecc. ecc. fino a sera.", "Il sig. Bianchi, p.es., arrivò alle 9.30.|Poi ecc. ecc. fino a sera.")]
    [InlineData("Am 3. Oktober war Feiertag. Das ist z. B. bekannt.", "Am 3. Oktober war Feiertag.|Das ist z. B. bekannt.")]
    [InlineData("¿Qué hora es? ¡Tarde! «Vamos», dijo.", "¿Qué hora es?|¡Tarde!|«Vamos», dijo.")]
    [InlineData("Er rief: „Halt!“ Sie blieb. »Ja.« Er ging. Il dit : « Oui. » Elle rit.", "Er rief: „Halt!“|Sie blieb.|»Ja.«|Er ging.|Il dit : « Oui. »|Elle rit.")]
    [InlineData("It rains. “Well,” he said. «Vamos.» Then: “Go.”", "It rains.|“Well,” he said.|«Vamos.»|Then: “Go.”")]
    [InlineData("今天下雨。明天呢？后天晴！", "今天下雨。|明天呢？|后天晴！")]
    [InlineData("彼は「行く。」と言った。そして去った。", "彼は「行く。」と言った。|そして去った。")]
    [InlineData("هل وصلت؟ نعم وصلت. حسنا.", "هل وصلت؟|نعم وصلت.|حسنا.")]
    [InlineData("वह आया। फिर गया।", "वह आया।|फिर गया।")]
    [InlineData("Version 2.0.1 is at example.com/a.b now. Get it.", "Version 2.0.1 is at example.com/a.b now.|Get it.")]
    [InlineData("A line that\nis wrapped. Next one.", "A line that\nis wrapped.|Next one.")]
    [InlineData("First paragraph without a stop\n\nSecond one.", "Second one.")]
    [InlineData("- item one\n- item two, longer\n* item three.", "item one|item two, longer|item three.")]
    [InlineData("1. First step.\n2. Second step.", "First step.|Second step.")]
    public void Split_OfText_FindsItsSentences(string text, string expected)
    {
        var sentences = SentenceSplitter.Split(text).FindAll(segment => !segment.IsHeading);
        Assert.Equal(expected.Split('|'), sentences.Select(sentence => sentence.In(text).ToString()));
    }

    [Fact]
    public void Split_OfHeadings_TellsThemFromSentences()
    {
        const string Text = "# Title\nBody one.\n\nA section\n\nBody two.";
        var segments = SentenceSplitter.Split(Text);
        Assert.Equal([("Title", true), ("Body one.", false), ("A section", true), ("Body two.", false)], segments.Select(s => (s.In(Text).ToString(), s.IsHeading)));
    }

    [Fact]
    public void Split_OfTextWithoutAnyEnd_CutsAtPauses()
    {
        var text = string.Join(", ", Enumerable.Repeat("some words that never end", 500));
        var sentences = SentenceSplitter.Split(text);
        Assert.True(sentences.Count > 5);
        Assert.All(sentences, sentence => Assert.InRange(sentence.Length, 1, SentenceSplitter.LongestSentence));
    }

    [Fact]
    public void Split_OfOneEndlessWord_NeverCutsASurrogatePair()
    {
        var text = "x" + string.Concat(Enumerable.Repeat("𠀀", 3_000));
        Assert.All(SentenceSplitter.Split(text), sentence =>
        {
            Assert.False(char.IsLowSurrogate(sentence.In(text)[0]));
            Assert.False(char.IsHighSurrogate(sentence.In(text)[^1]));
        });
    }
}
