using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Agents;

/// <summary><c>orc agent …</c></summary>
internal static class AgentCommands
{
    public static CommandGroup Group() => new(
        "agent",
        "Creates, changes and finds agents.",
        new AgentCreateCommand(),
        new AgentListCommand(),
        new ByIdCommand<string>(
            "get",
            Input.Name("name", "The agent."),
            "Shows an agent; secrets are never told.",
            "orc agent get sailor",
            static (call, id) => call.ShowAsync(call.Client.Agents.GetAsync(id, call.Interrupted))),
        new AgentUpdateCommand(),
        new DeleteCommand<string>(
            Input.Name("name", "The agent."),
            "Deletes an agent with all its versions.",
            "orc agent delete sailor --yes",
            static id => $"Agent {id} would be deleted with all its versions.",
            static (call, id) => call.Client.Agents.DeleteAsync(id, call.Interrupted)));
}
