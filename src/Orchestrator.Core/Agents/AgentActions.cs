using Orchestrator.Core.Naming;

namespace Orchestrator.Core.Agents;

/// <summary>The actions that agents offer.</summary>
public static class AgentActions
{
    /// <summary>Whichever agent has all the skills that the task names; no agent has this name.</summary>
    public const string AnyName = "any";

    public const string Any = Prefix + AnyName;

    private const string Prefix = "agent.";

    public static string Of(string agent) => Prefix + agent;

    public static bool IsAgentName(string name) => name != AnyName && name.Length <= AgentLimits.MaxNameLength && ResourceName.IsValid(name);
}
