using System.Globalization;
using Npgsql;
using Orchestrator.Storage.Bulk;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Relational;
using Orchestrator.Storage.Schedules;
using Orchestrator.Storage.Signals;
using Orchestrator.Storage.Turns;

namespace Orchestrator.Storage.Postgres;

internal sealed class PostgresStore : RelationalStore
{
    private readonly PostgresDatabase _database;

    public PostgresStore(string connectionString)
        : this(new PostgresDatabase(connectionString))
    {
    }

    private PostgresStore(PostgresDatabase database)
        : base(database, SqlCatalog.Postgres, heuristics => new PostgresSubmissionStore(database, heuristics), new PostgresRunWriter())
    {
        _database = database;
        Bulk = new BulkStore(database, Submitting);
        Schedules = new ScheduleStore(database, Submitting);
        Turns = new PostgresTurnStore(database);
        Leases = new PostgresLeaseStore(database, RunEngine);
        Signals = new PostgresSignalTransport(database);
    }

    public override IBulkStore Bulk { get; }

    public override IScheduleStore Schedules { get; }

    public override ITurnStore Turns { get; }

    public override ILeaseStore Leases { get; }

    public override ISignalTransport Signals { get; }

    public override Task MigrateAsync(CancellationToken cancellationToken) =>
        _database.WriteAsync(
            async session =>
            {
                // Whoever comes second waits here, and then finds nothing left to do.
                await session.QueryAsync("lock_schema", static _ => true).ConfigureAwait(false);
                var postgres = (PostgresSession)session;
                await RunAsync(postgres, "create table if not exists schema_versions (version integer primary key, applied_at timestamptz not null)").ConfigureAwait(false);
                var current = await session.FindAsync<int?>("schema_version", static row => row.IntegerOrNull("version")).ConfigureAwait(false) ?? 0;
                foreach (var (version, text) in Catalog.Migrations.Where(migration => migration.Version > current))
                {
                    await RunAsync(postgres, text).ConfigureAwait(false);
                    await RunAsync(postgres, string.Create(CultureInfo.InvariantCulture, $"insert into schema_versions values ({version}, orc_now())")).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken);

    public override ValueTask DisposeAsync() => _database.DisposeAsync();

    private static async Task RunAsync(PostgresSession session, string sql)
    {
        await using var command = new NpgsqlCommand(sql, session.Connection);
        await command.ExecuteNonQueryAsync(session.CancellationToken).ConfigureAwait(false);
    }
}
