using System.Globalization;
using Orchestrator.Storage;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.TestKit.Stores;

/// <summary>A store in a PostgreSQL database of its own, which is a copy of one that was migrated.</summary>
public sealed class PostgresTestStore : ITestStore
{
    private static readonly DatabaseTemplate Running = new(MigrateAsync);
    private static readonly DatabaseTemplate Frozen = new(async database =>
    {
        await MigrateAsync(database);
        await new PostgresStoreClock(database).SetAsync();
    });

    private readonly IsolatedDatabase _database;
    private readonly List<IStore> _others = [];

    private PostgresTestStore(IsolatedDatabase database, IStoreClock clock)
    {
        _database = database;
        Store = Open(database);
        Clock = clock;
    }

    public IStore Store { get; }

    public IStoreClock Clock { get; }

    /// <summary>With the clock standing still.</summary>
    public static async Task<PostgresTestStore> CreateAsync()
    {
        var database = await Frozen.CopyAsync();
        return new PostgresTestStore(database, new PostgresStoreClock(database));
    }

    /// <summary>With the server's own running clock, for tests of real concurrency; the clock cannot be moved.</summary>
    public static async Task<PostgresTestStore> CreateWithRunningClockAsync() => new(await Running.CopyAsync(), new RunningClock());

    /// <summary>Another process's view of the same database.</summary>
    public IStore OpenAnother()
    {
        var store = Open(_database);
        lock (_others)
        {
            _others.Add(store);
        }

        return store;
    }

    public Task ExecuteSqlAsync(string sql) => _database.ExecuteAsync(sql);

    public async Task<IReadOnlyList<string>> QuerySqlAsync(string sql) =>
        [.. (await _database.QueryAsync(sql)).Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)!)];

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _others.Append(Store))
        {
            await store.DisposeAsync();
        }

        await _database.DisposeAsync();
    }

    private static async Task MigrateAsync(IsolatedDatabase database)
    {
        await using var store = Open(database);
        await store.MigrateAsync(CancellationToken.None);
    }

    private static IStore Open(IsolatedDatabase database) =>
        StoreFactory.Open(new StoreOptions { ConnectionString = database.ConnectionString }, TimeProvider.System);
}
