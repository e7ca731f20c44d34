namespace Orchestrator.Workers.Summaries;

/// <summary>Gives each term of a text a small number, in the order of first use.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<string> _terms = [];

    public int Count => _terms.Count;

    public string this[int id] => _terms[id];

    public int IdOf(ReadOnlySpan<char> term)
    {
        var lookup = _ids.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(term, out var id))
        {
            return id;
        }

        id = _terms.Count;
        var text = term.ToString();
        _ids.Add(text, id);
        _terms.Add(text);
        return id;
    }
}
