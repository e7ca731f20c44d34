using Orchestrator.Core.Concepts;
using Orchestrator.Core.Priorities;

namespace Orchestrator.Storage.Relational;

/// <summary>
/// What texts are about, read once and kept while it is used. Two generations: what the older one holds and nobody asks for goes
/// when the newer one is full.
/// </summary>
internal sealed class RecentConcepts
{
    /// <summary>Of one generation: some 10 MB.</summary>
    private const int MaxConcepts = 100_000;

    private readonly Lock _lock = new();
    private Dictionary<Fingerprint, IReadOnlyDictionary<string, ConceptRole>> _newer = [];
    private Dictionary<Fingerprint, IReadOnlyDictionary<string, ConceptRole>> _older = [];
    private int _concepts;

    public IReadOnlyDictionary<string, ConceptRole> Of(string text)
    {
        var key = Fingerprint.Of(text);
        lock (_lock)
        {
            if (FindNeedsLock(key) is { } known)
            {
                return known;
            }
        }

        var read = ConceptNormaliser.Normalise(text).Subjects;
        lock (_lock)
        {
            if (FindNeedsLock(key) is { } known)
            {
                return known;
            }

            AddNeedsLock(key, read);
        }

        return read;
    }

    private IReadOnlyDictionary<string, ConceptRole>? FindNeedsLock(Fingerprint key)
    {
        if (_newer.TryGetValue(key, out var known))
        {
            return known;
        }

        if (_older.TryGetValue(key, out known))
        {
            AddNeedsLock(key, known);
        }

        return known;
    }

    private void AddNeedsLock(Fingerprint key, IReadOnlyDictionary<string, ConceptRole> concepts)
    {
        if (_concepts > MaxConcepts)
        {
            (_older, _newer, _concepts) = (_newer, [], 0);
        }

        _newer.Add(key, concepts);
        _concepts += concepts.Count + 1;
    }
}
