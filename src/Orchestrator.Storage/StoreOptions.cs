namespace Orchestrator.Storage;

/// <summary>Where the data lives.</summary>
public sealed record StoreOptions
{
    public const string DefaultDataDirectory = "data";

    /// <summary>A PostgreSQL connection string; null for SQLite in <see cref="DataDirectory"/>.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The folder of the SQLite file.</summary>
    public string DataDirectory { get; init; } = DefaultDataDirectory;

    public bool IsPostgres => ConnectionString is not null;
}
