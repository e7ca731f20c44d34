using Orchestrator.Workers.Summaries;

namespace Orchestrator.Workers.Tests.Summaries;

public sealed class QuotationsTests
{
    [Theory]
    [InlineData("\"A light,\" he wrote to Dr. Ward, \"is a promise. If it fails, so does the promise.\" He left.", "\"A light,\" he wrote to Dr. Ward, \"is a promise. If it fails, so does the promise.\"|He left.")]
    [InlineData("She said: “It works. It always did. Trust me.” Then she left.", "She said: “It works. It always did. Trust me.”|Then she left.")]
    [InlineData("Il dit : « Je viens. Attendez-moi. » Puis il partit.", "Il dit : « Je viens. Attendez-moi. »|Puis il partit.")]
    [InlineData("Er sagte: „Ich komme. Wartet auf mich.“ Dann ging er.", "Er sagte: „Ich komme. Wartet auf mich.“|Dann ging er.")]
    [InlineData("Er sagte: »Ich komme. Wartet auf mich.« Dann ging er.", "Er sagte: »Ich komme. Wartet auf mich.«|Dann ging er.")]
    [InlineData("彼は「行く。待って。」と言った。そして去った。", "彼は「行く。待って。」と言った。|そして去った。")]
    [InlineData("\"Stop!\" he cried. \"Why?\" Nobody knew.", "\"Stop!\" he cried.|\"Why?\"|Nobody knew.")]
    [InlineData("It's the dogs' 5\" bowl. Don't move it. 'Tis full.", "It's the dogs' 5\" bowl.|Don't move it.|'Tis full.")]
    [InlineData("A stray \"quote opens. Nothing closes it. The end.", "A stray \"quote opens.|Nothing closes it.|The end.")]
    [InlineData("A stray \"quote opens. Then \"this one\" stands by itself. The end.", "A stray \"quote opens.|Then \"this one\" stands by itself.|The end.")]
    [InlineData("He began: “One. Two. Three. Four. Five. Six.” Done.", "He began: “One.|Two.|Three.|Four.|Five.|Six.”|Done.")]
    [InlineData("He began: “One.\n\nNext part.” It ends.", "He began: “One.|Next part.”|It ends.")]
    public void Join_OfSentences_KeepsAShortQuotationWhole(string text, string expected)
    {
        var sentences = Quotations.Join(text, SentenceSplitter.Split(text));
        Assert.Equal(expected.Split('|'), sentences.Select(sentence => sentence.In(text).ToString()));
    }

    [Fact]
    public void Join_OfALongQuotation_LeavesItInPieces()
    {
        var text = $"He began: “{new string('a', 400)} one. {new string('B', 400)} two.” Done.";
        Assert.Equal(3, Quotations.Join(text, SentenceSplitter.Split(text)).Count);
    }
}
