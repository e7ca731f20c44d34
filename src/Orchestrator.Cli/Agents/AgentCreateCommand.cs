using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Agents;

internal sealed class AgentCreateCommand : ApiCommand
{
    private readonly Argument<string> _name = Input.Name("name", "Its name; its tasks have the action agent.{name}.");
    private readonly AgentFieldOptions _fields = new();

    public AgentCreateCommand()
        : base(
            "create",
            "Creates an agent.",
            "orc agent create sailor --model openai/gpt-5 --instructions @sailor.md --tool ask_person",
            "orc agent create sailor --body @sailor.json") => Takes([_name, .. _fields.All]);

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var body = (await _fields.ReadAsync(call, await _fields.BodyAsync(call))).Set("name", call.Get(_name));
        return await call.ShowAsync(call.Client.Agents.CreateAsync(body.ToJson(), call.Interrupted));
    }
}
