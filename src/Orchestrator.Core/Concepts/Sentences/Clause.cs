using Orchestrator.Core.Concepts.Lexical;

namespace Orchestrator.Core.Concepts.Sentences;

/// <summary>What is to be done, and to what: one order of a task's text.</summary>
/// <param name="time">"before" or "after" where the text places it in time, or null.</param>
internal sealed class Clause(string? time)
{
    private readonly List<Term> _terms = [];
    private readonly List<List<string>> _participants = [];

    public string? Time { get; } = time;

    public IReadOnlyList<Term> Terms => _terms;

    public bool IsEmpty => _terms.Count == 0;

    /// <summary>Whether anything but what is to be done stands in it; an act after a verb is what the verb is done to.</summary>
    public bool HasObject => _terms.Exists(term =>
        term.Item.Kind != ItemKind.Verb || term.Tag is not null || (term.Item.Use == VerbUse.Act && term != _terms[0]));

    /// <summary>Whether it says what to do; before it does, what is told belongs to the order that follows.</summary>
    public bool HasOrder => _terms.Exists(term => term.Item is { Kind: ItemKind.Verb, Use: VerbUse.Order });

    private bool IsSymmetric => _terms.Exists(term => term.Item.Concept?.IsSymmetric == true);

    public void Add(Term term) => _terms.Add(term);

    public void Remove(Term term) => _terms.Remove(term);

    /// <summary>Takes over what is told of the same object, in the order in which it is to happen.</summary>
    public void Take(Clause other)
    {
        _terms.InsertRange(other.Time == "after" ? 0 : _terms.Count, other._terms);
        _participants.AddRange(other._participants);
    }

    /// <summary>Notes the order of those who take part; ones that stand together have none among them.</summary>
    public void Order(string participant, bool standsWithPrevious)
    {
        if (!standsWithPrevious || _participants.Count == 0)
        {
            _participants.Add([]);
        }

        _participants[^1].Add(participant);
    }

    /// <summary>What no likeness of meaning may bridge: what is done, what is not, kinds of content, who and what takes part, numbers and signs.</summary>
    public IEnumerable<string> Facts() => Render(_terms.Where(term => term.IsFact));

    /// <summary>The concepts in order of their names, then the order of what is done and of those who take part, where there are several.</summary>
    public IReadOnlyList<string> Render() => Render(_terms);

    private List<string> Render(IEnumerable<Term> terms)
    {
        var implied = _terms.Select(term => term.Item.Concept?.Implies).ToHashSet();
        var symmetric = IsSymmetric;
        var words = terms
            .Where(term => !implied.Contains(term.Item.Key))
            .Select(term => symmetric && term.Tag is "to" or "with" ? (term with { Tag = null }).ToString() : term.ToString())
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        var orders = _terms.Where(term => term.Item is { Kind: ItemKind.Verb, Use: VerbUse.Order } && term.Tag is null).Select(term => term.ToString()).Distinct().ToList();
        if (orders.Count > 1)
        {
            words.Add(string.Join(" > ", orders));
        }

        if (!symmetric && _participants.Count > 1)
        {
            words.Add(string.Join(" > ", _participants.Select(group => string.Join(" + ", group.Distinct().Order(StringComparer.Ordinal)))));
        }

        return words;
    }
}
