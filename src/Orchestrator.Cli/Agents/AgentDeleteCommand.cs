using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Agents;

internal sealed class AgentDeleteCommand : ApiCommand
{
    private readonly Argument<string> _id = Input.Name("name", "The agent.");
    private readonly Option<bool> _yes = Confirmation.Option();

    public AgentDeleteCommand()
        : base("delete", "Deletes an agent with all its versions.", "orc agent delete sailor --yes") => Takes(_id, _yes);

    protected override async Task<int> RunAsync(ApiCall call)
    {
        Confirmation.Require(call.Get(_yes), $"Agent {call.Get(_id)} would be deleted with all its versions.");
        await call.Client.Agents.DeleteAsync(call.Get(_id), call.Interrupted);
        return CliExitCodes.Success;
    }
}
