using Npgsql;

namespace Orchestrator.TestKit.Postgres;

/// <summary>A schema for one test. Disposing drops it, and fails when a connection of the test is still open.</summary>
public sealed class IsolatedSchema : IAsyncDisposable
{
    private readonly NpgsqlDataSource _owner;

    private IsolatedSchema(NpgsqlDataSource owner, string name, string connectionString)
    {
        _owner = owner;
        Name = name;
        ConnectionString = connectionString;
    }

    public string Name { get; }

    /// <summary>Connects with the schema as the only one on the search path.</summary>
    public string ConnectionString { get; }

    public static Task<IsolatedSchema> CreateAsync() => CreateAsync(cluster: null);

    /// <param name="cluster">Where; null for the shared cluster.</param>
    public static async Task<IsolatedSchema> CreateAsync(PostgresCluster? cluster)
    {
        var server = (cluster ?? await PostgresCluster.GetSharedAsync()).ConnectionString;
        var name = $"test_{Guid.NewGuid():N}";
        var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server) { MaxPoolSize = 2 });
        await using (var create = owner.CreateCommand($"CREATE SCHEMA {name}"))
        {
            await create.ExecuteNonQueryAsync();
        }

        var own = new NpgsqlConnectionStringBuilder(server) { SearchPath = name, ApplicationName = name };
        return new IsolatedSchema(owner, name, own.ConnectionString);
    }

    /// <summary>Runs SQL inside the schema, past the store.</summary>
    public async Task<int> ExecuteAsync(string sql)
    {
        await using var connection = await _owner.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"SET search_path TO {Name}; {sql}", connection);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Answers the first column of every row.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql)
    {
        await using var connection = await _owner.OpenConnectionAsync();
        await using (var path = new NpgsqlCommand($"SET search_path TO {Name}", connection))
        {
            await path.ExecuteNonQueryAsync();
        }

        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetFieldValue<T>(0));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        var leaked = await Sessions.CountLeakedAsync(_owner, $"application_name = '{Name}'");
        await ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{Name}'; DROP SCHEMA {Name} CASCADE");
        await _owner.DisposeAsync();
        if (leaked > 0)
        {
            throw new InvalidOperationException($"The test left {leaked} connections open.");
        }
    }
}
