using Orchestrator.Core.Agents;
using Orchestrator.Core.Scheduling;
using Orchestrator.Runtime.Agents;
using Orchestrator.Workers.Agents.Mcp;

namespace Orchestrator.Workers.Agents;

/// <summary>Which agents this silo can run, and which of them takes a task.</summary>
internal sealed class AgentChoice(AgentDirectory directory, IAgentModels models, McpTransports transports)
{
    /// <summary>Why this silo cannot run an agent; null when it can.</summary>
    public string? FindObjection(AgentDefinition agent) =>
        agent.Fallbacks.Prepend(agent.Model).Select(models.FindObjection).FirstOrDefault(static objection => objection is not null)
        ?? agent.McpServers.Select(transports.FindObjection).FirstOrDefault(static objection => objection is not null);

    /// <summary>What an attempt of an agent can cost at most; null when that is not known.</summary>
    public decimal? FindMaxCost(AgentDefinition agent) => models.FindMaxCost([agent.Model, .. agent.Fallbacks], agent.MaxTurns);

    /// <summary>The agent for a task that begins; null, and why, when there is none.</summary>
    public Agent? Choose(string action, IReadOnlyList<string> skills, out string problem)
    {
        problem = "";
        if (action != AgentActions.Any)
        {
            var named = directory.Agents.Values.FirstOrDefault(agent => AgentActions.Of(agent.Definition.Name) == action);
            problem = named is null ? $"There is no agent for {action} any more."
                : FindObjection(named.Definition) is { } objection ? $"The agent {named.Definition.Name} cannot run here: {objection}."
                : "";
            return problem.Length == 0 ? named : null;
        }

        var best = directory.Agents.Values
            .Select(agent => (Agent: agent, Proficiency: skills.Count == 0 ? 1 : Proficiency.Of(agent.Definition.Skills, skills)))
            .Where(candidate => candidate.Proficiency is not null && FindObjection(candidate.Agent.Definition) is null)
            .OrderByDescending(static candidate => candidate.Proficiency)
            .ThenBy(static candidate => candidate.Agent.Definition.Name, StringComparer.Ordinal)
            .Select(static candidate => candidate.Agent)
            .FirstOrDefault();
        problem = best is not null ? ""
            : skills.Count == 0 ? "There is no agent that this silo can run."
            : $"No agent that this silo can run has all the skills {string.Join(", ", skills)}.";
        return best;
    }
}
