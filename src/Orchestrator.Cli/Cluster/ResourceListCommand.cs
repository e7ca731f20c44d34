using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Output;
using Orchestrator.Contracts.Resources;

namespace Orchestrator.Cli.Cluster;

internal sealed class ResourceListCommand : ApiCommand
{
    private static readonly IReadOnlyList<Column<ResourceResponse>> Columns =
    [
        new("NAME", resource => resource.Name, 63),
        new("GIVES", resource => resource.Permits is { } permits ? Texts.Counted(permits, "permit") : $"{Texts.Counted(resource.Capacity ?? 0, "token")}, {Texts.Of(resource.RefillPerSecond)} a second"),
        new("AVAILABLE", resource => Texts.Of(resource.Available)),
        new("WAITING", resource => Texts.Of(resource.Waiting)),
        new("CLOSED UNTIL", resource => Texts.Of(resource.ClosedUntil)),
    ];

    private readonly Option<int> _limit = Lists.Limit();

    public ResourceListCommand()
        : base("list", "Lists the resources with what they have left.", "orc resource list") => Takes(_limit);

    protected override Task<int> RunAsync(ApiCall call) =>
        call.Printer.ListAsync(call.Client.Resources.ListAsync(call.Interrupted), Columns, call.Get(_limit), call.Interrupted);
}
