namespace Orchestrator.Core.Concepts.Lexical;

/// <summary>Every form of every word and phrase of one language.</summary>
/// <param name="phraseKey">What the forms of one word in a phrase share.</param>
internal sealed class FormIndex(Func<string, string> phraseKey)
{
    private readonly Dictionary<string, Reading[]> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Reading> _phrases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _longestFrom = new(StringComparer.Ordinal);

    /// <summary>A listed reading goes before an inflected one, and an earlier before a later.</summary>
    public void AddWord(string form, Reading reading)
    {
        if (!_words.TryGetValue(form, out var readings))
        {
            _words.Add(form, [reading]);
        }
        else if (!Array.Exists(readings, known => known.First == reading.First && known.OnlyAtStart == reading.OnlyAtStart && known.Rank <= reading.Rank))
        {
            _words[form] = [.. readings.Append(reading).OrderBy(known => known.Rank)];
        }
    }

    public void AddPhrase(IReadOnlyList<string> words, Reading reading)
    {
        var keys = words.Select(phraseKey).ToList();
        _phrases.TryAdd(string.Join(' ', keys), reading);
        _longestFrom[keys[0]] = Math.Max(_longestFrom.GetValueOrDefault(keys[0]), keys.Count);
    }

    public IReadOnlyList<Reading> Readings(string exact, string folded) =>
        _words.TryGetValue(exact, out var readings) || _words.TryGetValue(folded, out readings) ? readings : [];

    /// <summary>The longest phrase that starts the given words, and of how many of them it is.</summary>
    public (Reading Reading, int Length)? LongestPhrase(IReadOnlyList<string> words, int start)
    {
        if (!_longestFrom.TryGetValue(phraseKey(words[start]), out var longest))
        {
            return null;
        }

        for (var length = Math.Min(longest, words.Count - start); length > 1; length--)
        {
            var key = string.Join(' ', words.Skip(start).Take(length).Select(phraseKey));
            if (_phrases.TryGetValue(key, out var reading))
            {
                return (reading, length);
            }
        }

        return null;
    }

    /// <summary>Forms with several readings, for those who write the lexicon.</summary>
    public IEnumerable<(string Form, IReadOnlyList<Reading> Readings)> Ambiguous() =>
        _words.Where(entry => entry.Value.Length > 1).Select(entry => (entry.Key, (IReadOnlyList<Reading>)entry.Value));
}
