namespace Orchestrator.Storage.Postgres;

/// <summary>Moments as parameters. Npgsql takes the first and the last that .NET knows for infinities, with which SQL cannot reckon, so they are moved by a microsecond.</summary>
internal static class PostgresTime
{
    private static readonly DateTime First = DateTime.SpecifyKind(DateTime.MinValue.AddMicroseconds(1), DateTimeKind.Utc);
    private static readonly DateTime Last = DateTime.SpecifyKind(DateTime.MaxValue.AddMicroseconds(-1), DateTimeKind.Utc);

    public static DateTime? Of(DateTimeOffset? time) => time?.UtcDateTime switch
    {
        null => null,
        { } moment when moment < First => First,
        { } moment when moment > Last => Last,
        { } moment => moment,
    };
}
