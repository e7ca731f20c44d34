using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Output;
using Orchestrator.Contracts.Cluster;

namespace Orchestrator.Cli.Cluster;

internal sealed class SiloListCommand : ApiCommand
{
    public static readonly IReadOnlyList<Column<SiloResponse>> Columns =
    [
        new("ID", silo => silo.Id.ToString()),
        new("NAME", silo => silo.Name, 40),
        new("HOST", silo => silo.Host, 32),
        new("STATE", silo => silo.State),
        new("BUSY", silo => $"{silo.Busy}/{silo.Slots}"),
        new("ACTIONS", silo => Texts.Of(silo.Actions.Select(offer => offer.UnavailableReason is null ? offer.Action : $"({offer.Action})")), 60),
        new("HEARTBEAT", silo => Texts.Of(silo.HeartbeatAt)),
    ];

    private readonly Option<int> _limit = Lists.Limit();

    public SiloListCommand()
        : base("list", "Lists the silos; an action in brackets cannot be served now.", "orc silo list") => Takes(_limit);

    protected override Task<int> RunAsync(ApiCall call) =>
        call.Printer.ListAsync(call.Client.Silos.ListAsync(call.Interrupted), Columns, call.Get(_limit), call.Interrupted);
}
