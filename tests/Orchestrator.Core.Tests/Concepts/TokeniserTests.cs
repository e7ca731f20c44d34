using FsCheck;
using FsCheck.Fluent;
using Orchestrator.Core.Concepts.Text;

namespace Orchestrator.Core.Tests.Concepts;

public sealed class TokeniserTests
{
    [Theory]
    [InlineData("Scrivi blog-post", "scrivi blog post")]
    [InlineData("l'azienda dell’Aquila", "l azienda dell aquila")]
    [InlineData("don't, customer's, we're", "do not , customer , we")]
    [InlineData("C++ and C# or .NET, node.js", "c++ and c# or .net , node.js")]
    [InlineData("3.5 1,500 10:30 15/03/2025 -5 R&D", "3.5 1,500 10:30 15/03/2025 -5 r&d")]
    [InlineData("€500, 10% (due)!", "€ 500 , 10 % . due . .")]
    [InlineData("Città E\u0301lite Łódź straße", "citta elite lodz strasse")]
    [InlineData("ＡＩ ﬁle １２", "ai file 12")]
    [InlineData("🍕🍔 👩‍👧 ok", "🍕🍔 👩‍👧 ok")]
    [InlineData("see https://a.com/X?y=1, me@a.com.", "see https://a.com/X?y=1 , me@a.com .")]
    [InlineData("re\u00adport\u200b \u202eabc", "report abc")]
    [InlineData("  \t\u0301 ", "")]
    public void Tokenise_AText_KeepsTogetherWhatBelongsTogether(string text, string tokens) => Assert.Equal(tokens, Folded(text));

    [Fact]
    public void Tokenise_AName_KeepsItsMarksInTheExactSpelling()
    {
        Assert.Equal(["mu\u0308ller"], Tokeniser.Tokenise("Müller").Select(token => token.Exact));
        Assert.Equal(Tokeniser.Tokenise("Müller"), Tokeniser.Tokenise("Mu\u0308ller"));
        Assert.NotEqual(Folded("и"), Folded("й"));
    }

    [Theory]
    [InlineData("the AI of Marco", "AI,Marco", "AI")]
    [InlineData("THE AI OF MARCO", "", "")]
    public void Tokenise_Capitals_CountWhereThereAreSmallLetters(string text, string capitals, string allCapitals)
    {
        var tokens = Tokeniser.Tokenise(text);

        Assert.Equal(capitals.ToLowerInvariant(), string.Join(',', tokens.Where(token => token.Capital).Select(token => token.Folded)));
        Assert.Equal(allCapitals.ToLowerInvariant(), string.Join(',', tokens.Where(token => token.AllCapitals).Select(token => token.Folded)));
    }

    [Fact]
    public void Tokenise_FoldedWords_AreTheirOwnFolding() =>
        Prop.ForAll(
            Gen.Choose(0, char.MaxValue).Select(unit => (char)unit).ListOf().Select(units => string.Concat(units)).ToArbitrary(),
            text => Tokeniser.Tokenise(text)
                .Where(token => token.Kind == TokenKind.Word && token.Folded.All(char.IsLetter))
                .All(token => Folded(token.Folded) == token.Folded)).QuickCheckThrowOnFailure();

    private static string Folded(string text) => string.Join(' ', Tokeniser.Tokenise(text).Select(token => token.Folded));
}
