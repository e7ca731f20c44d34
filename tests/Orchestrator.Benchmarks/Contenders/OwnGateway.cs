using System.Text.Json;
using Microsoft.Data.Sqlite;
using Orchestrator.Storage;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>Our own gateway at work: with a silo beside it on PostgreSQL, or with one inside on SQLite.</summary>
internal sealed class OwnGateway : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly IsolatedSchema? _schema;
    private readonly SqliteFolder? _folder;
    private readonly List<ServiceProcess> _processes = [];

    private OwnGateway(IsolatedSchema? schema, SqliteFolder? folder)
    {
        _schema = schema;
        _folder = folder;
    }

    public delegate Task<ServiceProcess> Start(IReadOnlyDictionary<string, string> settings);

    public Uri Address => _processes[0].Client.BaseAddress!;

    public static async Task<OwnGateway> OnPostgresAsync(Servers servers, BenchmarkScale scale, Start silo)
    {
        var own = new OwnGateway(await servers.NewSchemaAsync(), null);
        return await own.OpenAsync(scale, OwnStore.OpenPostgres(own._schema!.ConnectionString), OwnSilos.Settings(own._schema.ConnectionString, 64), ServiceProcess.StartGatewayAsync, silo);
    }

    public static async Task<OwnGateway> OnSqliteAsync(BenchmarkScale scale, Start gateway)
    {
        var own = new OwnGateway(null, new SqliteFolder());
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["ORCHESTRATOR_DATA"] = own._folder!.Path };
        return await own.OpenAsync(scale, OwnStore.OpenSqlite(own._folder.Path), settings, gateway);
    }

    /// <summary>How many tasks have not ended.</summary>
    public Task<long> CountLeftAsync() => ReadAsync("select count(*) from tasks");

    /// <summary>How many tasks ended within a span of time.</summary>
    public Task<long> CountEndedAsync(DateTimeOffset from, DateTimeOffset until) => _schema is not null
        ? ReadAsync($"select count(*) from finished_tasks where finished_at >= '{from:O}' and finished_at < '{until:O}'")
        : ReadAsync($"select count(*) from finished_tasks where finished_at >= {Microseconds(from)} and finished_at < {Microseconds(until)}");

    /// <summary>Waits until every task has ended and answers their results.</summary>
    public async Task<IReadOnlyList<JsonElement>> ReadResultsAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        while (await CountLeftAsync() > 0)
        {
            await Task.Delay(Pause, limit.Token);
        }

        const string Sql = "select result from finished_tasks where status = 'completed'";
        var results = _schema is not null ? await _schema.QueryAsync<byte[]>(Sql) : QuerySqlite<byte[]>(Sql);
        return [.. results.Select(result => JsonSerializer.Deserialize<JsonElement>(result))];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        _folder?.Dispose();
        if (_schema is not null)
        {
            await _schema.DisposeAsync();
        }
    }

    private static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private async Task<OwnGateway> OpenAsync(BenchmarkScale scale, IStore store, IReadOnlyDictionary<string, string> settings, params IEnumerable<Start> programs)
    {
        try
        {
            await using (store)
            {
                await store.MigrateAsync(CancellationToken.None);
                await OwnStore.CreateWorkspacesAsync(store, scale.BurnDownWorkspaces);
            }

            foreach (var program in programs)
            {
                _processes.Add(await program(settings));
            }

            return this;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    private async Task<long> ReadAsync(string sql) => _schema is not null ? (await _schema.QueryAsync<long>(sql))[0] : QuerySqlite<long>(sql)[0];

    // Readers take no part in the locks of the writer.
    private List<T> QuerySqlite<T>(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _folder!.File, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(reader.GetFieldValue<T>(0));
        }

        return rows;
    }
}
