using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Storage.Relational;

/// <summary>
/// Published definitions as they were read, by their keys: those used last, up to a size of their documents. A definition never changes,
/// so nothing here is ever out of date.
/// </summary>
/// <param name="maxBytes">What the documents may have together; the one used last is kept whatever its size.</param>
internal sealed class DefinitionCache(int maxBytes = DefinitionCache.DefaultMaxBytes)
{
    /// <summary>Of documents; what was read from them takes some times as much.</summary>
    public const int DefaultMaxBytes = 16 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, LinkedListNode<Entry>> _entries = [];

    // The one used last comes first.
    private readonly LinkedList<Entry> _byUse = new();
    private long _bytes;

    private sealed record Entry(long Key, RunDefinition Definition, int Bytes);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>The definition under a key that is in the database.</summary>
    /// <exception cref="BrokenRunException">It is not there, or cannot be read.</exception>
    public async Task<RunDefinition> GetAsync(Session session, long key)
    {
        if (Find(key) is { } known)
        {
            return known;
        }

        var document = await session.FindAsync("find_definition_document", static row => row.Bytes("document"), Parameter.BigInteger("@key", key)).ConfigureAwait(false)
            ?? throw new BrokenRunException($"There is no definition {key}.");
        var result = DefinitionReader.ReadJson(document);
        var definition = result.Definition
            ?? throw new BrokenRunException($"The definition {key} cannot be read: {result.Problems[0].Path} {result.Problems[0].Message}");
        Add(new Entry(key, definition, document.Length));
        return definition;
    }

    private RunDefinition? Find(long key)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var node))
            {
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Definition;
        }
    }

    private void Add(Entry entry)
    {
        lock (_lock)
        {
            var node = new LinkedListNode<Entry>(entry);
            if (!_entries.TryAdd(entry.Key, node))
            {
                return;
            }

            _byUse.AddFirst(node);
            _bytes += entry.Bytes;
            while (_bytes > maxBytes && _byUse.Last is { } last && last != node)
            {
                _byUse.RemoveLast();
                _entries.Remove(last.Value.Key);
                _bytes -= last.Value.Bytes;
            }
        }
    }
}
