using Microsoft.Data.Sqlite;
using Orchestrator.Storage;

namespace Orchestrator.TestKit.Stores;

/// <summary>A store in an SQLite file of its own.</summary>
public sealed class SqliteTestStore : ITestStore
{
    private readonly SqliteFolder _folder;

    private SqliteTestStore(SqliteFolder folder, IStore store, IStoreClock clock)
    {
        _folder = folder;
        Store = store;
        Clock = clock;
    }

    public IStore Store { get; }

    public IStoreClock Clock { get; }

    public string Folder => _folder.Path;

    public static async Task<SqliteTestStore> CreateAsync()
    {
        var folder = new SqliteFolder();
        var time = new ManualTimeProvider();
        var store = StoreFactory.Open(new StoreOptions { DataDirectory = folder.Path }, time);
        await store.MigrateAsync(CancellationToken.None);
        return new SqliteTestStore(folder, store, new ManualStoreClock(time));
    }

    public async Task ExecuteSqlAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public async Task<IReadOnlyList<string>> QuerySqlAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection($"Data Source={_folder.File};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }
}
