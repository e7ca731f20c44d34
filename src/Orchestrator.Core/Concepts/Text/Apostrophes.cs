namespace Orchestrator.Core.Concepts.Text;

/// <summary>Words that an apostrophe ties together: Italian elision (dell'azienda) and English contraction (don't, customer's).</summary>
internal static class Apostrophes
{
    private static readonly string[] Contractions = ["s", "re", "ve", "ll", "d", "m"];

    public static void Split(Token token, ICollection<Token> into)
    {
        var exact = token.Exact.Split(Characters.Apostrophe);
        var folded = token.Folded.Split(Characters.Apostrophe);
        for (var part = 0; part < exact.Length; part++)
        {
            if (part > 0 && Contractions.Contains(exact[part]))
            {
                continue;
            }

            var isNegated = part + 1 < exact.Length && exact[part + 1] == "t" && exact[part].EndsWith('n');
            if (isNegated)
            {
                into.Add(new Token(TokenKind.Word, exact[part][..^1], folded[part][..^1]));
                into.Add(new Token(TokenKind.Word, "not", "not"));
                part++;
                continue;
            }

            // The capital of L'Aquila is that of what follows the article.
            into.Add(exact.Length == 1 ? token : token with { Exact = exact[part], Folded = folded[part] });
        }
    }
}
