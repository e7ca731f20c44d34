namespace Orchestrator.Storage.Sqlite;

/// <summary>Keeps a second process away from the file: it would have a clock, a writer and workers of its own.</summary>
internal sealed class SqliteFileLock : IDisposable
{
    private readonly FileStream _file;

    private SqliteFileLock(FileStream file) => _file = file;

    public static SqliteFileLock Take(string directory)
    {
        var path = Path.Combine(directory, "orchestrator.lock");
        try
        {
            return new SqliteFileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception)
        {
            throw new StoreInUseException(
                $"The SQLite data folder '{Path.GetFullPath(directory)}' is in use by another process, and only one can use it. "
                + "Stop the other one, give this one a folder of its own (ORCHESTRATOR_DATA), or let both use PostgreSQL "
                + "(ConnectionStrings:Orchestrator).",
                exception);
        }
    }

    public void Dispose() => _file.Dispose();
}
