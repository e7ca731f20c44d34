using System.Globalization;
using Orchestrator.Storage.Bulk;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Relational;
using Orchestrator.Storage.Schedules;
using Orchestrator.Storage.Signals;
using Orchestrator.Storage.Turns;

namespace Orchestrator.Storage.Sqlite;

internal sealed class SqliteStore : RelationalStore
{
    private readonly SqliteFileLock _lock;

    private SqliteStore(SqliteFileLock fileLock, SqliteDatabase database)
        : base(database, SqlCatalog.Sqlite, heuristics => new SubmissionStore(database, heuristics), new RunWriter())
    {
        _lock = fileLock;
        Bulk = new BulkStore(database, Submitting);
        Schedules = new ScheduleStore(database, Submitting);
        Turns = new SqliteTurnStore(database, Guid.NewGuid);
        Leases = new SqliteLeaseStore(database, RunEngine);
    }

    public override IBulkStore Bulk { get; }

    public override IScheduleStore Schedules { get; }

    public override ITurnStore Turns { get; }

    public override ILeaseStore Leases { get; }

    public override ISignalTransport Signals { get; } = new NoSignalTransport();

    public static SqliteStore Open(string directory, TimeProvider timeProvider)
    {
        Directory.CreateDirectory(directory);
        var fileLock = SqliteFileLock.Take(directory);
        try
        {
            return new SqliteStore(fileLock, new SqliteDatabase(new SqliteConnections(Path.Combine(directory, "orchestrator.db"), timeProvider)));
        }
        catch
        {
            fileLock.Dispose();
            throw;
        }
    }

    public override Task MigrateAsync(CancellationToken cancellationToken) =>
        Database.WriteAsync(
            async session =>
            {
                var sqlite = (SqliteSession)session;
                sqlite.Run("create table if not exists schema_versions (version integer primary key, applied_at integer not null)");
                var current = await session.FindAsync<int?>("schema_version", static row => row.IntegerOrNull("version")).ConfigureAwait(false) ?? 0;
                foreach (var (version, text) in Catalog.Migrations.Where(migration => migration.Version > current))
                {
                    sqlite.Run(text);
                    sqlite.Run(string.Create(CultureInfo.InvariantCulture, $"insert into schema_versions values ({version}, orc_now())"));
                }

                return true;
            },
            cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync().ConfigureAwait(false);
        _lock.Dispose();
    }
}
