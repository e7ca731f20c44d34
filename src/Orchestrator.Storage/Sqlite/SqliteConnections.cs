using System.Globalization;
using Microsoft.Data.Sqlite;
using Orchestrator.Storage.Relational;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Orchestrator.Storage.Sqlite;

/// <summary>Opens connections to one file, with the settings and functions that every one needs.</summary>
internal sealed class SqliteConnections(string path, TimeProvider timeProvider)
{
    // A connection belongs to one thread at a time, so SQLite need not guard it.
    private const int Flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;

    // WAL lets readers go on while the writer commits; FULL makes a commit a promise that survives loss of power.
    private const string Settings =
        "pragma busy_timeout = 10000; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; "
        + "pragma temp_store = memory; pragma cache_size = -16000; pragma wal_autocheckpoint = 4000";

    static SqliteConnections() => Batteries_V2.Init();

    public SqliteSession Open()
    {
        var code = sqlite3_open_v2(path, out var connection, Flags, null);
        var session = new SqliteSession(connection);
        try
        {
            SqliteException.ThrowExceptionForRC(code, connection);
            sqlite3_create_function(connection, "orc_now", 0, SQLITE_UTF8, null, Now);
            sqlite3_create_function(connection, "orc_new_id", 0, SQLITE_UTF8, null, NewId);
            sqlite3_create_function(connection, "orc_event", 5, SQLITE_UTF8 | SQLITE_DETERMINISTIC, null, Event);
            session.Run(Settings);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private void Now(sqlite3_context context, object user, sqlite3_value[] arguments) =>
        sqlite3_result_int64(context, UnixTime.ToMicroseconds(timeProvider.GetUtcNow()));

    private void NewId(sqlite3_context context, object user, sqlite3_value[] arguments) =>
        sqlite3_result_text(context, Guid.CreateVersion7(timeProvider.GetUtcNow()).ToString());

    /// <summary>An entry of a timeline from its number, type, time, attempt and data.</summary>
    private static void Event(sqlite3_context context, object user, sqlite3_value[] arguments)
    {
        var type = sqlite3_value_text(arguments[1]).utf8_to_string();
        var data = sqlite3_value_type(arguments[4]) == SQLITE_NULL ? "null" : sqlite3_value_text(arguments[4]).utf8_to_string();
        sqlite3_result_text(
            context,
            string.Create(
                CultureInfo.InvariantCulture,
                $"[{sqlite3_value_int64(arguments[0])},\"{type}\",{sqlite3_value_int64(arguments[2])},{sqlite3_value_int64(arguments[3])},{data}]"));
    }
}
