namespace Orchestrator.TestKit.Stores;

/// <summary>A temporary data folder, removed with everything in it.</summary>
public sealed class SqliteFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("orc-data-").FullName;

    /// <summary>The database file; there is one once a store was migrated here.</summary>
    public string File => Directory.EnumerateFiles(Path, "*.db").Single();

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
