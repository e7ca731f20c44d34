using Orchestrator.Core.Agents;
using Orchestrator.Runtime.Agents;
using Orchestrator.Runtime.Execution;
using Orchestrator.Workers.Providers;

namespace Orchestrator.Workers.Agents;

/// <summary>Offers an action for each agent, and one for whichever of them has the skills.</summary>
internal sealed class AgentProvider : IActionProvider, IDisposable
{
    private readonly AgentDirectory _directory;
    private readonly AgentChoice _choice;
    private readonly AgentExecutor _executor;
    private volatile IReadOnlyList<ActionDescriptor> _actions = [];

    public AgentProvider(AgentDirectory directory, AgentChoice choice, AgentExecutor executor)
    {
        _directory = directory;
        _choice = choice;
        _executor = executor;
        _actions = Describe();
        directory.Changed += OnChanged;
    }

    public event Action? Changed;

    public IReadOnlyList<ActionDescriptor> Actions => _actions;

    public void Dispose() => _directory.Changed -= OnChanged;

    private void OnChanged()
    {
        _actions = Describe();
        Changed?.Invoke();
    }

    private IReadOnlyList<ActionDescriptor> Describe()
    {
        var agents = _directory.Agents.Values.Select(agent => (agent.Definition, Objection: _choice.FindObjection(agent.Definition))).ToList();
        if (agents.Count == 0)
        {
            return [];
        }

        var able = agents.Where(static agent => agent.Objection is null).Select(static agent => agent.Definition).ToList();
        return
        [
            .. agents.Select(agent => new ActionDescriptor(AgentActions.Of(agent.Definition.Name), _executor)
            {
                Skills = agent.Definition.Skills,
                MaxCost = _choice.FindMaxCost(agent.Definition),
                Provider = ModelName.Parse(agent.Definition.Fallbacks is [.., var last] ? last : agent.Definition.Model)?.Provider,
                UnavailableReason = agent.Objection is null ? null : $"The agent cannot run here: {agent.Objection}.",
            }),
            new ActionDescriptor(AgentActions.Any, _executor)
            {
                Skills = able.SelectMany(static agent => agent.Skills).GroupBy(static skill => skill.Key).ToDictionary(static skill => skill.Key, static skill => skill.Max(one => one.Value)),
                MaxCost = able.Exists(agent => _choice.FindMaxCost(agent) is null) ? null : able.Max(_choice.FindMaxCost),
                UnavailableReason = able.Count > 0 ? null : "No agent can run here.",
            },
        ];
    }
}
