using System.Collections.Immutable;
using Orchestrator.Storage.Agents;

namespace Orchestrator.Runtime.Agents;

/// <summary>The agents as this process knows them.</summary>
public sealed class AgentDirectory(IAgentStore store)
{
    private ImmutableSortedDictionary<string, Agent> _agents = ImmutableSortedDictionary.Create<string, Agent>(StringComparer.Ordinal);

    /// <summary>Raised after <see cref="Agents"/> changed.</summary>
    public event Action? Changed;

    /// <summary>What is in force, by name.</summary>
    public IReadOnlyDictionary<string, Agent> Agents => Volatile.Read(ref _agents);

    /// <summary>A version that a task began with; null when it is not kept any more, or the agent was deleted since.</summary>
    public async Task<Agent?> FindAsync(string name, int version, DateTimeOffset createdAt, CancellationToken cancellationToken)
    {
        if (Agents.TryGetValue(name, out var current) && current.Version == version && current.CreatedAt == createdAt)
        {
            return current;
        }

        var record = await store.FindVersionAsync(new AgentVersion(name, version, createdAt), cancellationToken).ConfigureAwait(false);
        return record is null ? null : ToAgent(record);
    }

    /// <summary>Reads what has changed.</summary>
    internal async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var before = _agents;
        var after = before.ToBuilder();
        var versions = await store.ListVersionsAsync(cancellationToken).ConfigureAwait(false);
        after.RemoveRange(before.Keys.Except(versions.Select(static version => version.Name)));
        foreach (var version in versions)
        {
            if (!before.TryGetValue(version.Name, out var known) || known.Version != version.Version || known.CreatedAt != version.CreatedAt)
            {
                var record = await store.FindAsync(version.Name, cancellationToken).ConfigureAwait(false);
                if (record is null)
                {
                    after.Remove(version.Name);
                }
                else
                {
                    after[version.Name] = ToAgent(record);
                }
            }
        }

        var now = after.ToImmutable();
        if (now != before)
        {
            Volatile.Write(ref _agents, now);
            Changed?.Invoke();
        }
    }

    private static Agent ToAgent(AgentRecord record) => new(record.Definition, record.Version, record.CreatedAt);
}
