using Orchestrator.Core.Concepts.Lexical;

namespace Orchestrator.Core.Concepts.Sentences;

/// <summary>
/// Puts items into clauses, one for each thing to do, and notes what must not be lost with the order of words: what is negated,
/// who gives and who gets, what is written about what.
/// </summary>
internal sealed class ClauseReader
{
    private readonly IReadOnlyList<Item> _items;
    private readonly bool _severalTypes;
    private readonly bool _severalParticipants;
    private readonly bool _severalNumbers;
    private readonly bool _hasDirection;
    private readonly IReadOnlySet<int> _modifiers;
    private readonly List<Clause> _clauses = [];

    private string? _role;
    private string? _time;
    private bool _negated;
    private bool _negatedVerb;
    private bool _joined;
    private int _lastParticipant = -1;
    private Term? _light;

    private ClauseReader(IReadOnlyList<Item> items, Language language)
    {
        _items = items;
        _severalTypes = items.Where(item => item.Kind == ItemKind.Type).DistinctBy(item => item.Key).Count() > 1;
        _severalParticipants = items.Where(item => item.Kind == ItemKind.Participant).DistinctBy(item => item.Key).Count() > 1;
        _severalNumbers = items.Count(item => item.Kind == ItemKind.Number) > 1;
        _hasDirection = items.Any(item => item is { Kind: ItemKind.Role, Key: "from" }) && items.Any(item => item is { Kind: ItemKind.Role, Key: "to" });
        _modifiers = Compounds.Modifiers(items, language);
        _clauses.Add(new Clause(time: null));
    }

    private Clause Current => _clauses[^1];

    public static IReadOnlyList<Clause> Read(IReadOnlyList<Item> items, Language language)
    {
        var reader = new ClauseReader(items, language);
        for (var index = 0; index < items.Count; index++)
        {
            reader.Take(index);
        }

        return ClauseOrder.Of(reader._clauses);
    }

    private void Take(int index)
    {
        var item = _items[index];
        switch (item.Kind)
        {
            case ItemKind.Break:
                _role = _time = null;
                _negated = _negatedVerb = _joined = false;
                _light = null;
                break;
            case ItemKind.Join:
                _joined = true;
                _light = null;
                break;
            case ItemKind.Role:
                _role = item.Key == "about" ? "of" : item.Key;
                _light = null;
                break;
            case ItemKind.Time:
                _time = item.Key;
                _role = null;
                _light = null;
                break;
            case ItemKind.Negation:
                _negated = true;
                _light = null;
                break;
            case ItemKind.Verb:
                TakeVerb(item);
                _joined = false;
                break;
            default:
                TakeThing(item, index);
                _joined = false;
                break;
        }
    }

    private void TakeVerb(Item verb)
    {
        if (verb.Use == VerbUse.Participle)
        {
            Current.Add(new Term(verb, "done", TakeNegation()));
            return;
        }

        // "Do not print or send": one negation holds for what is joined to its verb.
        var negated = TakeNegation() || (_negatedVerb && _joined && verb.Use == VerbUse.Order);
        var absorbed = _light is { } light && (light.Item.Concept!.IsLight || verb.Concept!.IsResult) ? _light : null;
        if (absorbed is not null)
        {
            Current.Remove(absorbed);
            Current.Add(new Term(verb, null, negated || absorbed.IsNegated));
            _light = null;
            return;
        }

        if (verb.Use == VerbUse.Act)
        {
            Current.Add(new Term(verb, _role is "of" or "for" ? "of" : TakeTime(), negated));
            return;
        }

        if ((Current.HasOrder && Current.HasObject) || _time is not null)
        {
            _clauses.Add(new Clause(TakeTime()));
        }

        var term = new Term(verb, null, negated);
        Current.Add(term);
        _negatedVerb = negated;
        _role = null;
        _light = verb.Concept!.IsLight || verb.Concept.Makes ? term : null;
    }

    private void TakeThing(Item item, int index)
    {
        var tag = TakeTime() ?? (_modifiers.Contains(index) ? "of" : TagOf(item));
        var negated = TakeNegation();
        _negatedVerb = false;
        Current.Add(new Term(item, tag, negated));
        if (item.Kind == ItemKind.Participant && tag is null)
        {
            Current.Order(item.Key, standsWithPrevious: _lastParticipant >= 0 && _lastParticipant == LastBut(index, ItemKind.Join));
        }

        if (item.Kind == ItemKind.Participant)
        {
            _lastParticipant = index;
        }
    }

    private string? TagOf(Item item) => item.Kind switch
    {
        ItemKind.Type => !_severalTypes ? null : _role == "for" ? "of" : _role,
        ItemKind.Participant => _role switch
        {
            "from" => "from",
            "to" or "for" => _severalParticipants ? "to" : null,
            "with" => _severalParticipants ? "with" : null,
            _ => null,
        },
        ItemKind.Number => _severalNumbers && _role is "from" or "to" ? _role : null,
        _ => _role == "from" && (_hasDirection || item.Concept is null) ? "from" : null,
    };

    private bool TakeNegation()
    {
        var negated = _negated;
        _negated = false;
        return negated;
    }

    private string? TakeTime()
    {
        var time = _time;
        _time = null;
        return time;
    }

    private int LastBut(int index, ItemKind skipped)
    {
        do
        {
            index--;
        }
        while (index >= 0 && _items[index].Kind == skipped);
        return index;
    }
}
