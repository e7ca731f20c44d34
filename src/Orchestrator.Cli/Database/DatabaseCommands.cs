using Orchestrator.Cli.Calls;

namespace Orchestrator.Cli.Database;

/// <summary><c>orc db …</c></summary>
internal static class DatabaseCommands
{
    public static CommandGroup Group() => new(
        "db", "Looks after the database itself, without a gateway.", new DatabaseMigrateCommand(), new DatabaseStatusCommand(), new DatabaseVerifyCommand());
}
