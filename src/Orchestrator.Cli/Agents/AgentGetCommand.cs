using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Agents;

internal sealed class AgentGetCommand : ApiCommand
{
    private readonly Argument<string> _id = Input.Name("name", "The agent.");

    public AgentGetCommand()
        : base("get", "Shows an agent; secrets are never told.", "orc agent get sailor") => Takes(_id);

    protected override Task<int> RunAsync(ApiCall call) => call.ShowAsync(call.Client.Agents.GetAsync(call.Get(_id), call.Interrupted));
}
