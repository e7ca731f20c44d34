using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Cli.Output;
using Orchestrator.Contracts.Definitions;

namespace Orchestrator.Cli.Definitions;

internal sealed class DefinitionListCommand : ApiCommand
{
    private static readonly IReadOnlyList<Column<DefinitionResponse>> Columns =
    [
        new("ID", definition => definition.Id, 80),
        new("FORMAT", definition => definition.Format),
        new("PUBLISHED", definition => Texts.Of(definition.PublishedAt)),
        new("DESCRIPTION", definition => definition.Description, 60),
    ];

    private readonly Option<string?> _owner = Input.Text("--owner", "Only definitions of this owner.", "owner");
    private readonly Option<string?> _name = Input.Text("--name", "Only definitions of this name.", "name");
    private readonly Option<int> _limit = Lists.Limit();

    public DefinitionListCommand()
        : base("list", "Lists the definitions.", "orc definition list --owner acme") => Takes(_owner, _name, _limit);

    protected override Task<int> RunAsync(ApiCall call) =>
        call.Printer.ListAsync(call.Client.Definitions.ListAsync(call.Get(_owner), call.Get(_name), call.Interrupted), Columns, call.Get(_limit), call.Interrupted);
}
