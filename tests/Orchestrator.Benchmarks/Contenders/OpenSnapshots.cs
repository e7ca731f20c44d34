using Npgsql;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>Transactions that have looked at the tables once and stay open: nothing that dies after them can be cleaned up.</summary>
internal sealed class OpenSnapshots : IAsyncDisposable
{
    private readonly List<NpgsqlConnection> _connections = [];

    public static async Task<OpenSnapshots> TakeAsync(IsolatedSchema schema, int count)
    {
        var snapshots = new OpenSnapshots();
        for (var i = 0; i < count; i++)
        {
            var connection = await Servers.ConnectAsync(schema);
            snapshots._connections.Add(connection);
            await using var command = new NpgsqlCommand("begin isolation level repeatable read; select count(*) from tasks", connection);
            await command.ExecuteNonQueryAsync();
        }

        return snapshots;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }
}
