using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Contracts.Cluster;

namespace Orchestrator.Cli.Cluster;

internal sealed class SiloDrainCommand : ApiCommand
{
    private readonly Argument<string> _silo = Input.Name("silo", "Its id, or its name where only one living silo has it.");

    public SiloDrainCommand()
        : base("drain", "Asks a silo to take on nothing more, and to end when it has nothing left to do.", "orc silo drain silo-1") => Takes(_silo);

    protected override async Task<int> RunAsync(ApiCall call) => await call.ShowAsync(call.Client.Silos.DrainAsync(await FindAsync(call), call.Interrupted));

    private async Task<Guid> FindAsync(ApiCall call)
    {
        var named = call.Get(_silo);
        if (Guid.TryParse(named, out var id))
        {
            return id;
        }

        var found = new List<SiloResponse>();
        await foreach (var silo in call.Client.Silos.ListAsync(call.Interrupted))
        {
            if (silo.Name == named && silo.State != "lost")
            {
                found.Add(silo);
            }
        }

        return found switch
        {
            [var only] => only.Id,
            [] => throw new CliException(CliExitCodes.NotFound, $"There is no living silo named {named}."),
            _ => throw new CliException(CliExitCodes.Conflict, $"{found.Count} silos are named {named}: give the id of one, as orc silo list tells it."),
        };
    }
}
