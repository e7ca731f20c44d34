using Npgsql;
using Orchestrator.Storage.Signals;

namespace Orchestrator.Storage.Postgres;

/// <summary>NOTIFY and LISTEN on channels of the schema. A notification takes a lock of the whole database at commit, so it never rides in a transaction that does work.</summary>
internal sealed class PostgresSignalTransport(PostgresDatabase database) : ISignalTransport
{
    // Notifications are delivered between commands; the wait is cut short now and then to find a dead connection.
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(30);

    public bool ReachesOthers => true;

    public Task SendAsync(SignalChannel channel, string payload, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
            {
                await using var command = ((PostgresSession)session).CreateCommand(channel == SignalChannel.Feed ? "notify_feed" : "notify", Relational.Parameter.Text("payload", payload));
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    public async Task ListenAsync(SignalChannel channel, Action listening, Action<string> received, CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        connection.Notification += (_, notification) => received(notification.Payload);
        await ExecuteAsync(connection, channel == SignalChannel.Feed ? "listen_feed" : "listen", cancellationToken).ConfigureAwait(false);
        listening();
        while (true)
        {
            if (!await connection.WaitAsync(Probe, cancellationToken).ConfigureAwait(false))
            {
                await ExecuteAsync(connection, "now", cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string query, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Relational.SqlCatalog.Postgres[query], connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
