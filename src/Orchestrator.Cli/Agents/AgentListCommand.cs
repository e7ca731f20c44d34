using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Output;
using Orchestrator.Contracts.Agents;

namespace Orchestrator.Cli.Agents;

internal sealed class AgentListCommand : ApiCommand
{
    private static readonly IReadOnlyList<Column<AgentResponse>> Columns =
    [
        new("NAME", agent => agent.Name),
        new("MODEL", agent => agent.Model),
        new("VERSION", agent => Texts.Of(agent.Version)),
        new("TOOLS", agent => Texts.Of(agent.Tools ?? [])),
        new("SKILLS", agent => Texts.Of((agent.Skills ?? new Dictionary<string, double>()).Select(skill => $"{skill.Key} {Texts.Of(skill.Value)}"))),
        new("UPDATED", agent => Texts.Of(agent.UpdatedAt)),
    ];

    private readonly Option<int> _limit = Lists.Limit();

    public AgentListCommand()
        : base("list", "Lists the agents.", "orc agent list") => Takes(_limit);

    protected override Task<int> RunAsync(ApiCall call) =>
        call.Printer.ListAsync(call.Client.Agents.ListAsync(call.Interrupted), Columns, call.Get(_limit), call.Interrupted);
}
