using Orchestrator.Core.Agents;

namespace Orchestrator.Storage.Agents;

/// <summary>Agents, cluster-wide, by name. The last versions of each are kept for the tasks that began with them.</summary>
public interface IAgentStore
{
    /// <summary>
    /// Writes a new version of an agent, its first if there is none. <paramref name="change"/> is given the one in force, and answers null
    /// to leave it; it may be called several times.
    /// </summary>
    Task<AgentChange> PutAsync(string name, Func<AgentRecord?, AgentDefinition?> change, CancellationToken cancellationToken);

    Task<AgentRecord?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>A version that is in force or was; null when it is not kept any more, or the agent was deleted since.</summary>
    Task<AgentRecord?> FindVersionAsync(AgentVersion version, CancellationToken cancellationToken);

    /// <summary>Agents by name, those after <paramref name="after"/> if given.</summary>
    Task<IReadOnlyList<AgentRecord>> ListAsync(string? after, int limit, CancellationToken cancellationToken);

    /// <summary>The versions in force of all agents.</summary>
    Task<IReadOnlyList<AgentVersion>> ListVersionsAsync(CancellationToken cancellationToken);

    /// <summary>Deletes an agent with all its versions; false when there is none.</summary>
    Task<bool> DeleteAsync(string name, CancellationToken cancellationToken);
}
