using Orchestrator.Storage.Postgres;
using Orchestrator.Storage.Sqlite;

namespace Orchestrator.Storage;

/// <summary>Opens the store that the options name.</summary>
public static class StoreFactory
{
    /// <summary>What is wrong with a PostgreSQL connection string, in words that repeat none of its values; null when it can be used.</summary>
    public static string? FindMistake(string connectionString) => PostgresConnectionString.FindMistake(connectionString);

    /// <summary>Opens the store; PostgreSQL is first connected to when it is used.</summary>
    /// <param name="options">PostgreSQL or SQLite.</param>
    /// <param name="timeProvider">The clock of SQLite, which has none of its own; PostgreSQL uses the server's.</param>
    /// <exception cref="StoreInUseException">Another process holds the SQLite folder.</exception>
    public static IStore Open(StoreOptions options, TimeProvider timeProvider) => options.ConnectionString is { } connectionString
        ? new PostgresStore(connectionString)
        : SqliteStore.Open(options.DataDirectory, timeProvider);
}
