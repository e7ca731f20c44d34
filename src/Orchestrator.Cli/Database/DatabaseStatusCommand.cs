using Orchestrator.Cli.Output;
using Orchestrator.Storage;

namespace Orchestrator.Cli.Database;

internal sealed class DatabaseStatusCommand() : DatabaseCommand(
    "status",
    "Says where the schema stands; the exit code is 1 when this version needs another.",
    "orc db status",
    "orc db status --data ./data -o json")
{
    protected override async Task<int> RunAsync(IStore store, Printer printer, CancellationToken interrupted)
    {
        var schema = await store.FindSchemaAsync(interrupted);
        printer.One(new DatabaseStatus(schema.Current, schema.Needed, schema.IsCurrent), CliJson.Default.DatabaseStatus);
        return schema.IsCurrent ? CliExitCodes.Success : CliExitCodes.Failure;
    }
}
