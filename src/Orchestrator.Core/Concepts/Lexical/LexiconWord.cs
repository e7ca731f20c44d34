using Orchestrator.Core.Concepts.Text;

namespace Orchestrator.Core.Concepts.Lexical;

/// <summary>A word or phrase as it stands in a line of the lexicon, with its marks read.</summary>
internal sealed record LexiconWord(IReadOnlyList<Token> Tokens, LetterCase Case, bool IsExact, bool IsOrder, bool IsParticiple, bool OnlyAtStart)
{
    public static LexiconWord Parse(string text)
    {
        var isExact = text.StartsWith('=');
        var onlyAtStart = text.StartsWith('^');
        var isOrder = onlyAtStart || text.EndsWith('!');
        var word = text.TrimStart('=', '^', '~').TrimEnd('!');
        var tokens = Tokeniser.Tokenise(word).Where(token => token.IsWordlike).ToList();
        if (tokens.Count == 0)
        {
            throw new FormatException($"The lexicon has an empty word: '{text}'.");
        }

        return new LexiconWord(tokens, CaseOf(word), isExact, isOrder, text.StartsWith('~'), onlyAtStart);
    }

    private static LetterCase CaseOf(string word)
    {
        var letters = word.Where(char.IsLetter).ToList();
        return letters.Count == 0 || !char.IsUpper(letters[0]) ? LetterCase.Small
            : letters.TrueForAll(char.IsUpper) ? LetterCase.AllCapitals
            : LetterCase.Capital;
    }
}
