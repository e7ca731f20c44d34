using Orchestrator.Cli.Output;
using Orchestrator.Storage;

namespace Orchestrator.Cli.Database;

internal sealed class DatabaseMigrateCommand() : DatabaseCommand(
    "migrate",
    "Brings the schema up to this version, and makes it where there is none.",
    "orc db migrate --connection 'Host=db;Database=orchestrator;Username=orchestrator'",
    "orc db migrate --data ./data")
{
    protected override bool Creates => true;

    protected override async Task<int> RunAsync(IStore store, Printer printer, CancellationToken interrupted)
    {
        var before = await store.FindSchemaAsync(interrupted);
        await store.MigrateAsync(interrupted);
        var after = await store.FindSchemaAsync(interrupted);
        printer.One(new DatabaseStatus(after.Current, after.Needed, after.IsCurrent) { Before = before.Current }, CliJson.Default.DatabaseStatus);
        return CliExitCodes.Success;
    }
}
