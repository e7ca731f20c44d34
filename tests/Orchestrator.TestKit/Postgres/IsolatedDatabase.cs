using Npgsql;

namespace Orchestrator.TestKit.Postgres;

/// <summary>A database for one test. Disposing drops it, and fails when a connection of the test is still open.</summary>
public sealed class IsolatedDatabase : IAsyncDisposable
{
    private const string Schema = "store";

    private static readonly Lazy<Task<NpgsqlDataSource>> Server = new(async () =>
        NpgsqlDataSource.Create((await PostgresCluster.GetSharedAsync()).ConnectionString));

    private readonly NpgsqlDataSource _owner;

    private IsolatedDatabase(string server, string name)
    {
        Name = name;
        var own = new NpgsqlConnectionStringBuilder(server) { Database = name, SearchPath = Schema };

        // The types of the tables are of no use here, and take as long to read as all else.
        _owner = new NpgsqlDataSourceBuilder(own.ConnectionString).ConfigureTypeLoading(static types => types.EnableTypeLoading(false)).Build();
        own.ApplicationName = name;
        ConnectionString = own.ConnectionString;
    }

    public string Name { get; }

    /// <summary>Connects with one schema, which is not <c>public</c>, on the search path.</summary>
    public string ConnectionString { get; }

    /// <summary>Runs SQL past the store.</summary>
    public async Task<int> ExecuteAsync(string sql)
    {
        await using var command = _owner.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Answers the first column of every row.</summary>
    public async Task<IReadOnlyList<object>> QueryAsync(string sql)
    {
        await using var command = _owner.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetValue(0));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await _owner.DisposeAsync();
        var server = await Server.Value;
        var leaked = await Sessions.CountLeakedAsync(server, $"datname = '{Name}' AND backend_type = 'client backend'");
        await DropAsync(server, Name);
        if (leaked > 0)
        {
            throw new InvalidOperationException($"The test left {leaked} connections open.");
        }
    }

    /// <summary>A database with an empty schema, which <paramref name="prepare"/> fills, to copy from.</summary>
    internal static async Task<string> CreateTemplateAsync(Func<IsolatedDatabase, Task> prepare)
    {
        var template = await CopyAsync("template0");
        await template.ExecuteAsync($"CREATE SCHEMA {Schema}");
        await prepare(template);
        await template._owner.DisposeAsync();
        if (PostgresBinaries.GivenConnectionString is not null)
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => DropAsync(Server.Value.Result, template.Name).Wait();
        }

        return template.Name;
    }

    // The copy of files is a quarter of the work of a copy through the log.
    internal static async Task<IsolatedDatabase> CopyAsync(string template)
    {
        var server = await Server.Value;
        var name = $"test_{Guid.NewGuid():N}";
        await using var create = server.CreateCommand($"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy");
        await create.ExecuteNonQueryAsync();
        return new IsolatedDatabase((await PostgresCluster.GetSharedAsync()).ConnectionString, name);
    }

    private static async Task DropAsync(NpgsqlDataSource server, string name)
    {
        await using var drop = server.CreateCommand($"DROP DATABASE {name} WITH (FORCE)");
        await drop.ExecuteNonQueryAsync();
    }
}
