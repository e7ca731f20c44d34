using Orchestrator.Core.Agents;
using Orchestrator.Storage.Agents;

namespace Orchestrator.Runtime.Tests.Agents;

/// <summary>Agents in memory, and how often one was read.</summary>
internal sealed class FakeAgentStore : IAgentStore
{
    private readonly List<AgentRecord> _records = [];

    public int Reads { get; private set; }

    public AgentRecord Put(string name, DateTimeOffset createdAt)
    {
        var record = new AgentRecord(
            new AgentDefinition { Name = name, Instructions = "i", Model = "a/m" }, _records.Count(other => other.Definition.Name == name) + 1, createdAt, createdAt);
        _records.Add(record);
        return record;
    }

    public Task<AgentChange> PutAsync(string name, Func<AgentRecord?, AgentDefinition?> change, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<AgentRecord?> FindAsync(string name, CancellationToken cancellationToken)
    {
        Reads++;
        return Task.FromResult(_records.LastOrDefault(record => record.Definition.Name == name));
    }

    public Task<AgentRecord?> FindVersionAsync(AgentVersion version, CancellationToken cancellationToken) => Task.FromResult(
        _records.SingleOrDefault(record => record.Definition.Name == version.Name && record.Version == version.Version && record.CreatedAt == version.CreatedAt));

    public Task<IReadOnlyList<AgentRecord>> ListAsync(string? after, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<AgentVersion>> ListVersionsAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<AgentVersion>>(
        [.. _records.GroupBy(record => record.Definition.Name).Select(versions => new AgentVersion(versions.Key, versions.Max(version => version.Version), versions.Last().CreatedAt))]);

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(_records.RemoveAll(record => record.Definition.Name == name) > 0);
}
