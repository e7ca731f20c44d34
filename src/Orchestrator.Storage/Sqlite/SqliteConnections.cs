using Microsoft.Data.Sqlite;
using Orchestrator.Storage.Relational;
using SQLitePCL;

namespace Orchestrator.Storage.Sqlite;

/// <summary>Opens connections to one file, with the settings and functions that every one needs.</summary>
internal sealed class SqliteConnections(string path, TimeProvider timeProvider)
{
    // WAL lets readers go on while the writer commits; FULL makes a commit a promise that survives loss of power.
    private const string Settings =
        "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 10000; pragma foreign_keys = on; "
        + "pragma temp_store = memory; pragma cache_size = -16000; pragma wal_autocheckpoint = 4000";

    static SqliteConnections() => Batteries_V2.Init();

    public SqliteSession Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        connection.CreateFunction("orc_now", () => UnixTime.ToMicroseconds(timeProvider.GetUtcNow()));
        connection.CreateFunction<long, string, long, long, string?, string>(
            "orc_event",
            static (seq, type, at, attempt, data) => $"[{seq},\"{type}\",{at},{attempt},{data ?? "null"}]",
            isDeterministic: true);
        var session = new SqliteSession(connection);
        session.Run(Settings);
        return session;
    }
}
