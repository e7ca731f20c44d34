using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Orchestrator.Core.Concepts.Lexical;
using Orchestrator.Core.Concepts.Sentences;
using Orchestrator.Core.Concepts.Text;

namespace Orchestrator.Core.Concepts;

/// <summary>
/// Reads what a task's text in Italian, English or both asks for: words become concepts, and inflection, synonyms, acronyms,
/// courtesy and the order of words fall away. It knows no other language; words of one stay as they are.
/// </summary>
public static class ConceptNormaliser
{
    /// <summary>How many characters are read for concepts. What follows is compared character by character.</summary>
    public const int MaxReadLength = 16 * 1024;

    /// <summary>Of an unknown word with its apostrophe.</summary>
    private const int MinUnknownLength = 4;

    /// <summary>How many concepts the lexicon has.</summary>
    public static int KnownConcepts => Lexicon.BuiltIn.Count;

    public static ConceptSet Normalise(string text)
    {
        var read = text.Length <= MaxReadLength ? text : text[..MaxReadLength];
        var remainder = text.Length <= MaxReadLength ? null : Hash(text.AsSpan(MaxReadLength));
        var (items, language) = WordReader.Read(Lexicon.BuiltIn, Tokeniser.Tokenise(read));
        var clauses = ClauseReader.Read(NumberBinder.Bind(items), language);

        return new ConceptSet(
            [.. clauses.Select(clause => clause.Render())],
            [.. clauses.Select(clause => (IReadOnlyList<string>)[.. clause.Facts()])],
            SubjectsOf(clauses),
            clauses.SelectMany(clause => clause.Terms).Any(term => term.Item.Concept?.IsTelling == true),
            remainder);
    }

    private static Dictionary<string, ConceptRole> SubjectsOf(IEnumerable<Clause> clauses)
    {
        var subjects = new Dictionary<string, ConceptRole>(StringComparer.Ordinal);
        foreach (var term in clauses.SelectMany(clause => clause.Terms))
        {
            if (!term.IsNegated && RoleOf(term.Item) is { } role)
            {
                subjects.TryAdd(term.Item.Key, role);
            }
        }

        return subjects;
    }

    private static ConceptRole? RoleOf(Item item) => item.Kind switch
    {
        ItemKind.Verb => ConceptRole.Act,
        ItemKind.Type => ConceptRole.Content,
        ItemKind.Participant => ConceptRole.Topic,

        // A short word that the lexicon does not know may be anything, such as an article of another language.
        ItemKind.Thing when item.Concept is not null || item.Key.Length > MinUnknownLength || item.Key.Skip(1).Any(static letter => !char.IsLower(letter)) => ConceptRole.Topic,
        _ => null,
    };

    private static string Hash(ReadOnlySpan<char> text) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(text)));
}
