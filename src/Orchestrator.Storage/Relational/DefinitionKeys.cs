using System.Collections.Concurrent;
using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Storage.Relational;

/// <summary>The keys of published definitions by their names; neither ever changes.</summary>
internal sealed class DefinitionKeys
{
    private readonly ConcurrentDictionary<string, long> _keys = new(StringComparer.Ordinal);

    /// <summary>Those of these that are published; asks only for those that were not asked for before.</summary>
    public async Task<IReadOnlyDictionary<string, long>> FindAsync(Session session, IReadOnlyCollection<DefinitionName> names)
    {
        var texts = names.Select(static name => name.ToString()).ToHashSet();
        var unknown = texts.Where(text => !_keys.ContainsKey(text)).ToList();
        if (unknown.Count > 0)
        {
            foreach (var (name, key) in await session.QueryAsync(
                "find_definition_keys", static row => (row.Text("name"), row.BigInteger("key")), Parameter.TextList("@names", unknown)).ConfigureAwait(false))
            {
                _keys[name] = key;
            }
        }

        return texts.Where(_keys.ContainsKey).ToDictionary(static text => text, text => _keys[text]);
    }
}
