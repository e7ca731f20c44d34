using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Orchestrator.Storage.Sqlite;

/// <summary>Which failures of SQLite mean "later" rather than a defect.</summary>
internal static class SqliteErrors
{
    public static bool IsUnavailable(Exception exception) => exception is SqliteException
    {
        SqliteErrorCode: SQLITE_BUSY or SQLITE_LOCKED or SQLITE_FULL or SQLITE_IOERR or SQLITE_READONLY or SQLITE_CANTOPEN
            or SQLITE_NOMEM,
    };

    public static StoreUnavailableException Unavailable(Exception exception) =>
        new($"SQLite is not available: {exception.Message}", exception);
}
