namespace Orchestrator.Storage.Agents;

/// <summary>What became of an agent to write; exactly one of the nested records.</summary>
public abstract record AgentChange
{
    private AgentChange()
    {
    }

    /// <summary>It stands; <paramref name="IsNew"/> when there was none of its name.</summary>
    public sealed record Saved(AgentRecord Agent, bool IsNew) : AgentChange;

    /// <summary>Nothing was to be changed.</summary>
    public sealed record Kept : AgentChange;

    /// <summary>There are as many as there may be.</summary>
    public sealed record TooMany : AgentChange;
}
