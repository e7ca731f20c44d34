using Npgsql;
using Orchestrator.Storage.Relational;
using Orchestrator.Storage.Timelines;

namespace Orchestrator.Storage.Postgres;

internal sealed class PostgresDatabase : IDatabase
{
    /// <summary>How often a transaction that was rolled back for the sake of another is run.</summary>
    public const int MaxTries = 6;

    // After the server restarted, each pooled connection is found dead by the first who uses it.
    private const int MaxReadTries = 3;

    // Plans are made once for a statement: a hot statement must not be planned again, nor compiled, nor read a table from
    // end to end because the table was empty when the plan was made. A bitmap scan walks over every dead entry of an index
    // and leaves it there; an index scan marks it dead for those who come after. Nothing may hang for ever.
    private const string SessionSettings =
        "-c jit=off -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_bitmapscan=off "
        + "-c statement_timeout=15s -c lock_timeout=10s -c idle_in_transaction_session_timeout=30s -c timezone=UTC";

    public PostgresDatabase(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.Options = settings.Options is { Length: > 0 } own ? $"{SessionSettings} {own}" : SessionSettings;
        SetUnlessGiven(settings, "Application Name", "orchestrator");
        SetUnlessGiven(settings, "Max Auto Prepare", 100);
        SetUnlessGiven(settings, "Auto Prepare Min Usages", 2);
        SetUnlessGiven(settings, "No Reset On Close", true);
        SetUnlessGiven(settings, "Maximum Pool Size", 30);
        SetUnlessGiven(settings, "Command Timeout", 20);
        SetUnlessGiven(settings, "Timeout", 10);
        SetUnlessGiven(settings, "Enlist", false);
        SetUnlessGiven(settings, "Tcp Keepalive", true);

        // The name stands in metrics, where the connection string would otherwise.
        Source = new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = "orchestrator" }.Build();
    }

    public NpgsqlDataSource Source { get; }

    public Action<TaskNews>? News { get; set; }

    public Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(
            async () =>
            {
                await using var connection = await Source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                return await work(new PostgresSession(connection, null, cancellationToken)).ConfigureAwait(false);
            },
            (exception, tries) => PostgresErrors.IsDeadConnection(exception) && tries < MaxReadTries,
            cancellationToken);

    public Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(
            async () =>
            {
                await using var connection = await Source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                var session = new PostgresSession(connection, transaction, cancellationToken);
                var result = await work(session).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                if (session.TakeNews() is { } news)
                {
                    News?.Invoke(news);
                }

                return result;
            },
            static (_, _) => false,
            cancellationToken);

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    private static async Task<T> RunAsync<T>(Func<Task<T>> work, Func<Exception, int, bool> mayRepeat, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await work().ConfigureAwait(false);
            }
            catch (Exception exception) when ((PostgresErrors.IsRollbackOfContention(exception) && tries < MaxTries) || mayRepeat(exception, tries))
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
            catch (Exception exception) when (PostgresErrors.IsUnavailable(exception))
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new StoreUnavailableException($"PostgreSQL is not available: {exception.Message}", exception);
            }
        }
    }

    private static void SetUnlessGiven(NpgsqlConnectionStringBuilder settings, string keyword, object value)
    {
        if (!settings.ShouldSerialize(keyword))
        {
            settings[keyword] = value;
        }
    }
}
