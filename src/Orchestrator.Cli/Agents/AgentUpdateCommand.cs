using System.CommandLine;
using System.Text.Json;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Contracts.Agents;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Cli.Agents;

internal sealed class AgentUpdateCommand : ApiCommand
{
    /// <summary>What the system says of an agent, and nobody else.</summary>
    private static readonly string[] Answered = ["name", "action", "version", "createdAt", "updatedAt"];

    private readonly Argument<string> _name = Input.Name("name", "The agent.");
    private readonly AgentFieldOptions _fields = new();

    public AgentUpdateCommand()
        : base("update", "Makes a new version of an agent.", "orc agent update sailor --model openai/gpt-5-mini", "orc agent update sailor --body @sailor.json")
    {
        Details = "What is not named stays as it is. With --body the agent is what that says, and nothing else; a secret that is null stays as it is stored.";
        Takes([_name, .. _fields.All]);
    }

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var name = call.Get(_name);
        var whole = _fields.HasBody(call) ? await _fields.BodyAsync(call) : AsItIs(await call.Client.Agents.GetAsync(name, call.Interrupted));
        return await call.ShowAsync(call.Client.Agents.PutAsync(name, (await _fields.ReadAsync(call, whole)).ToJson(), call.Interrupted));
    }

    private static RawJson AsItIs(AgentResponse agent)
    {
        var members = JsonSerializer.SerializeToNode(agent, ContractsJson.TypeInfo<AgentResponse>())!.AsObject();
        foreach (var member in members.Where(member => Answered.Contains(member.Key) || member.Value is null).Select(member => member.Key).ToList())
        {
            members.Remove(member);
        }

        return RawJson.From(members.ToJsonString(ContractsJson.Context.Options))!.Value;
    }
}
