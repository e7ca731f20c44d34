using System.Globalization;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Output;
using Orchestrator.Storage;

namespace Orchestrator.Cli.Database;

internal sealed class DatabaseVerifyCommand() : DatabaseCommand(
    "verify",
    "Checks every invariant of the database, and prints the rows that break one; the exit code is then 6.",
    "orc db verify",
    "orc db verify --data ./data -o json")
{
    private static readonly IReadOnlyList<Column<BrokenInvariant>> Columns =
    [
        new("INVARIANT", broken => broken.Invariant),
        new("ROW", broken => broken.Row, 400),
    ];

    protected override async Task<int> RunAsync(IStore store, Printer printer, CancellationToken interrupted)
    {
        var schema = await store.FindSchemaAsync(interrupted);
        if (!schema.IsCurrent)
        {
            throw new CliException(CliExitCodes.Failure, $"The schema is at version {schema.Current}; this program needs {schema.Needed}: orc db migrate");
        }

        var broken = (await store.Invariants.CheckAsync(interrupted)).Select(violation => new BrokenInvariant(violation.Invariant, violation.Detail)).ToList();
        Print(printer, new DatabaseVerification(store.Invariants.Names.Count, broken));
        if (broken.Count > 0)
        {
            Notices.Tell(string.Create(CultureInfo.InvariantCulture, $"{broken.Count} rows break {broken.Select(row => row.Invariant).Distinct().Count()} invariants."));
        }

        return broken.Count == 0 ? CliExitCodes.Success : CliExitCodes.Broken;
    }

    private static void Print(Printer printer, DatabaseVerification verification)
    {
        if (printer.IsTable && verification.Violations.Count > 0)
        {
            printer.Table(verification.Violations, Columns);
        }
        else
        {
            printer.One(verification, CliJson.Default.DatabaseVerification);
        }
    }
}
