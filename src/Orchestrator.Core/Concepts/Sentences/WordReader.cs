using Orchestrator.Core.Concepts.Forms;
using Orchestrator.Core.Concepts.Lexical;
using Orchestrator.Core.Concepts.Text;

namespace Orchestrator.Core.Concepts.Sentences;

/// <summary>Understands the tokens of a text one after the other: the longest phrase first, then the word, by language and place.</summary>
internal sealed class WordReader
{
    private readonly Lexicon _lexicon;
    private readonly IReadOnlyList<Token> _tokens;
    private readonly List<string> _folded;
    private readonly LanguageVote _vote;
    private readonly List<Item> _items = [];
    private readonly bool _isTitle;
    private bool _atStart = true;
    private bool _atSentenceStart = true;
    private bool _afterDeterminer;

    private WordReader(Lexicon lexicon, IReadOnlyList<Token> tokens)
    {
        _lexicon = lexicon;
        _tokens = tokens;
        _folded = [.. tokens.Select(token => token.Folded)];
        _vote = LanguageVote.Of(tokens, lexicon);
        _isTitle = IsTitle(tokens);
    }

    public static (IReadOnlyList<Item> Items, Language Language) Read(Lexicon lexicon, IReadOnlyList<Token> tokens)
    {
        var reader = new WordReader(lexicon, tokens);
        reader.Read();
        return (reader._items, reader._vote.Language);
    }

    private Item? Previous => _items.Count > 0 ? _items[^1] : null;

    private void Read()
    {
        for (var index = 0; index < _tokens.Count;)
        {
            index += ReadAt(index);
        }
    }

    private int ReadAt(int index)
    {
        _atSentenceStart = index == 0 || _tokens[index - 1].Kind == TokenKind.Break;
        var token = _tokens[index];
        switch (token.Kind)
        {
            case TokenKind.Break:
                _items.Add(new Item(ItemKind.Break, "."));
                _atStart = true;
                return 1;
            case TokenKind.Comma:
                _items.Add(new Item(ItemKind.Join, ","));
                _atStart = IsBeforeDeterminer(index + 1);
                return 1;
            case TokenKind.Number:
                AddUnknown(new Item(ItemKind.Number, "#" + NumberText.Normalise(token.Exact, _vote.Language)));
                return 1;
            case TokenKind.Address:
                AddUnknown(new Item(ItemKind.Thing, "'" + token.Exact));
                return 1;
        }

        if (Phrase(index) is var (phrase, length))
        {
            Add(phrase, index);
            return length;
        }

        if (WordReading(index) is { } reading && !IsSurname(token, reading))
        {
            Add(reading, index);
        }
        else
        {
            AddUnknown(Unknown(token));
        }

        return 1;
    }

    private (Reading Reading, int Length)? Phrase(int index)
    {
        var own = _lexicon[_vote.Language].LongestPhrase(_folded, index);
        var other = _lexicon[_vote.Other].LongestPhrase(_folded, index);
        return other is not null && (own is null || other.Value.Length > own.Value.Length) ? other : own;
    }

    private Reading? WordReading(int index)
    {
        var token = _tokens[index];
        var own = Usable(_lexicon.Readings(_vote.Language, token), token, index);
        if (own is not null)
        {
            return own;
        }

        // In a text of one language a chance likeness to an inflected or a small word of the other means nothing.
        var other = _lexicon.Readings(_vote.Other, token)
            .Where(reading => !_vote.IsClear || (reading.Rank == 0 && !reading.First.IsFunction && !reading.OnlyAtStart));
        return Usable([.. other], token, index);
    }

    private Reading? Usable(IReadOnlyList<Reading> readings, Token token, int index)
    {
        if (readings.Count == 0)
        {
            return null;
        }

        if (_atStart && readings.FirstOrDefault(reading => reading.OnlyAtStart) is { } order && HasObject(index))
        {
            return order;
        }

        var possible = readings.Where(reading => !reading.OnlyAtStart).ToList();
        var small = possible.Find(reading => reading.Case == LetterCase.Small);
        var capital = possible.Find(reading => reading.Case != LetterCase.Small);
        if (small is null || capital is null)
        {
            return possible.FirstOrDefault();
        }

        var isWritten = capital.Case == LetterCase.AllCapitals ? token.AllCapitals : token.Capital && !_atSentenceStart;
        return isWritten || (small.First.Class == WordClass.Role && !CanLead(index)) ? capital : small;
    }

    // An order is given to do something to something: "Email from a customer" is none.
    private bool HasObject(int index) =>
        index + 1 < _tokens.Count && _tokens[index + 1].IsWordlike && ClassAt(index + 1) is not (WordClass.Role or WordClass.Join or WordClass.Time);

    // A preposition leads to something, and does not follow another: "un articolo su ai" is about AI.
    private bool CanLead(int index) =>
        Previous?.Kind != ItemKind.Role && index + 1 < _tokens.Count && _tokens[index + 1].IsWordlike;

    private void Add(Reading reading, int index)
    {
        foreach (var concept in reading.Concepts)
        {
            switch (concept.Class)
            {
                case WordClass.Stop:
                    _afterDeterminer = false;
                    continue;
                case WordClass.Determiner:
                    _afterDeterminer = true;
                    _atStart = false;
                    continue;
            }

            var item = Item.Of(concept, reading.Use);
            _items.Add(item.Kind == ItemKind.Verb && IsAct(reading, index) ? item with { Use = VerbUse.Act } : item);
            _atStart = item.Kind switch
            {
                ItemKind.Negation or ItemKind.Time => _atStart || item.Kind == ItemKind.Time,
                ItemKind.Role => _tokens[index].Folded == "to",
                ItemKind.Join => _items.Count > 1 && (_items[^2].Kind == ItemKind.Verb || IsBeforeDeterminer(index + 1)),
                _ => false,
            };
            _afterDeterminer = false;
        }
    }

    // "the review", "about publishing": the act is spoken of, not asked for.
    private bool IsAct(Reading reading, int index) =>
        reading.Use == VerbUse.Order
        && (_afterDeterminer || (Previous is { Kind: ItemKind.Role, Key: not "to" } && _folded[index].EndsWith("ing", StringComparison.Ordinal)));

    // "and post it", "and review the code": what stands before "it" or "the" is done to it.
    private bool IsBeforeDeterminer(int index) =>
        index + 1 < _tokens.Count && ClassAt(index + 1) is WordClass.Determiner or WordClass.Stop;

    private WordClass? ClassAt(int index) =>
        _lexicon.Readings(_vote.Language, _tokens[index]) is [var reading, ..] ? reading.First.Class : null;

    // "il dottor Rossi" is not red: inside a sentence, an adjective has no capital unless it is somebody's name.
    private bool IsSurname(Token token, Reading reading) =>
        token.Capital && !token.AllCapitals && !_atSentenceStart && !_isTitle && reading.Case == LetterCase.Small
        && reading.First.Class == WordClass.Adj;

    private static bool IsTitle(IReadOnlyList<Token> tokens)
    {
        var words = tokens.Skip(1).Where(token => token.Kind == TokenKind.Word && token.Exact.Length > 3).ToList();
        return words.Count > 2 && words.TrueForAll(word => word.Capital);
    }

    private void AddUnknown(Item item)
    {
        _items.Add(item);
        _atStart = _afterDeterminer = false;
    }

    // A word that is written as a name stays exactly as it is.
    private static Item Unknown(Token token)
    {
        if (token.Capital)
        {
            return new Item(ItemKind.Participant, "'" + token.Exact);
        }

        return new Item(ItemKind.Thing, "'" + (token.Kind == TokenKind.Word && token.Exact.All(char.IsLetter) ? UnknownWord.Key(token.Exact) : token.Exact));
    }
}
