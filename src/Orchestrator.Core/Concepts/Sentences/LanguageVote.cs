using Orchestrator.Core.Concepts.Lexical;
using Orchestrator.Core.Concepts.Text;

namespace Orchestrator.Core.Concepts.Sentences;

/// <summary>
/// In which language most words of a text are known. It only settles what forms of both languages mean ("a", "due", "in"),
/// and does not depend on the order of words.
/// </summary>
/// <param name="Language">English where neither wins.</param>
internal readonly record struct LanguageVote(Language Language, bool IsClear)
{
    public Language Other => Language == Language.Italian ? Language.English : Language.Italian;

    public static LanguageVote Of(IReadOnlyList<Token> tokens, Lexicon lexicon)
    {
        var italian = 0;
        foreach (var token in tokens.Where(token => token.Kind == TokenKind.Word))
        {
            var isItalian = lexicon.Readings(Language.Italian, token).Count > 0;
            var isEnglish = lexicon.Readings(Language.English, token).Count > 0;
            italian += (isItalian ? 1 : 0) - (isEnglish ? 1 : 0);
        }

        return new LanguageVote(italian > 0 ? Language.Italian : Language.English, italian != 0);
    }
}
