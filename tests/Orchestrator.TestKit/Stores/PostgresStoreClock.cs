using System.Globalization;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.TestKit.Stores;

/// <summary>Replaces <c>orc_now()</c>, the only clock of the SQL, with one that stands still until it is moved.</summary>
public sealed class PostgresStoreClock(IsolatedDatabase database) : IStoreClock
{
    public DateTimeOffset Now { get; private set; } = ManualTimeProvider.DefaultStart;

    public Task AdvanceAsync(TimeSpan by)
    {
        Now += by;
        return SetAsync();
    }

    /// <summary>In the database, or in the template that it is a copy of.</summary>
    public Task SetAsync() => database.ExecuteAsync(
        $"CREATE OR REPLACE FUNCTION orc_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$ SELECT timestamptz '{Now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)}' $$");
}
