using Npgsql;

namespace Orchestrator.Storage.Postgres;

/// <summary>Which failures of PostgreSQL mean "later", which mean "again at once", and which are defects.</summary>
internal static class PostgresErrors
{
    private const string IdleInTransactionSessionTimeout = "25P03";

    /// <summary>The transaction was rolled back for the sake of another one; running it again is right.</summary>
    public static bool IsRollbackOfContention(Exception exception) => exception is PostgresException
    {
        SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected,
    };

    /// <summary>The connection is gone, or the server is ending it; another connection may serve.</summary>
    public static bool IsDeadConnection(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown,
        NpgsqlException { InnerException: IOException or System.Net.Sockets.SocketException } => true,
        _ => false,
    };

    /// <summary>The server is away, going away, out of something, or too slow.</summary>
    public static bool IsUnavailable(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.SqlState[..2] is "08" or "53" or "58"
            || postgres.SqlState is PostgresErrorCodes.AdminShutdown
                or PostgresErrorCodes.CrashShutdown
                or PostgresErrorCodes.CannotConnectNow
                or PostgresErrorCodes.DatabaseDropped
                or PostgresErrorCodes.QueryCanceled
                or PostgresErrorCodes.LockNotAvailable
                or PostgresErrorCodes.ReadOnlySqlTransaction
                or IdleInTransactionSessionTimeout
            || IsRollbackOfContention(postgres),
        NpgsqlException or TimeoutException or IOException => true,
        InvalidOperationException { InnerException: NpgsqlException } => true,
        _ => false,
    };
}
