using System.Globalization;
using Orchestrator.Storage;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.TestKit.Stores;

/// <summary>A store in a PostgreSQL schema of its own.</summary>
public sealed class PostgresTestStore : ITestStore
{
    private readonly IsolatedSchema _schema;
    private readonly List<IStore> _others = [];

    private PostgresTestStore(IsolatedSchema schema, IStore store, IStoreClock clock)
    {
        _schema = schema;
        Store = store;
        Clock = clock;
    }

    public IStore Store { get; }

    public IStoreClock Clock { get; }

    /// <summary>With the clock standing still.</summary>
    public static async Task<PostgresTestStore> CreateAsync()
    {
        var (schema, store) = await MigrateAsync();
        return new PostgresTestStore(schema, store, await PostgresStoreClock.FreezeAsync(schema));
    }

    /// <summary>With the server's own running clock, for tests of real concurrency; the clock cannot be moved.</summary>
    public static async Task<PostgresTestStore> CreateWithRunningClockAsync()
    {
        var (schema, store) = await MigrateAsync();
        return new PostgresTestStore(schema, store, new RunningClock());
    }

    /// <summary>Another process's view of the same database.</summary>
    public IStore OpenAnother()
    {
        var store = Open(_schema);
        lock (_others)
        {
            _others.Add(store);
        }

        return store;
    }

    public Task ExecuteSqlAsync(string sql) => _schema.ExecuteAsync(sql);

    public async Task<IReadOnlyList<string>> QuerySqlAsync(string sql) =>
        [.. (await _schema.QueryAsync<object>(sql)).Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)!)];

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _others.Append(Store))
        {
            await store.DisposeAsync();
        }

        await _schema.DisposeAsync();
    }

    private static async Task<(IsolatedSchema Schema, IStore Store)> MigrateAsync()
    {
        var schema = await IsolatedSchema.CreateAsync();
        var store = Open(schema);
        await store.MigrateAsync(CancellationToken.None);
        return (schema, store);
    }

    private static IStore Open(IsolatedSchema schema) =>
        StoreFactory.Open(new StoreOptions { ConnectionString = schema.ConnectionString }, TimeProvider.System);
}
