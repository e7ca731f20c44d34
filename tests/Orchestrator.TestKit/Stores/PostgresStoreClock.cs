using System.Globalization;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.TestKit.Stores;

/// <summary>Replaces <c>orc_now()</c>, the only clock of the SQL, with one that stands still until it is moved.</summary>
public sealed class PostgresStoreClock : IStoreClock
{
    private readonly IsolatedSchema _schema;

    private PostgresStoreClock(IsolatedSchema schema, DateTimeOffset now)
    {
        _schema = schema;
        Now = now;
    }

    public DateTimeOffset Now { get; private set; }

    public static async Task<PostgresStoreClock> FreezeAsync(IsolatedSchema schema)
    {
        var clock = new PostgresStoreClock(schema, ManualTimeProvider.DefaultStart);
        await clock.SetAsync();
        return clock;
    }

    public Task AdvanceAsync(TimeSpan by)
    {
        Now += by;
        return SetAsync();
    }

    private Task<int> SetAsync() => _schema.ExecuteAsync(
        $"CREATE OR REPLACE FUNCTION orc_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$ SELECT timestamptz '{Now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)}' $$");
}
