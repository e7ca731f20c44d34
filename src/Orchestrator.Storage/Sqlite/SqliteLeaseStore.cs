using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Relational;

namespace Orchestrator.Storage.Sqlite;

internal sealed class SqliteLeaseStore(SqliteDatabase database) : LeaseStore(database)
{
    private readonly SqliteDatabase _database = database;

    public override IReadOnlyList<LeaseId> Renew(IReadOnlyList<LeaseId> leases, TimeSpan duration) =>
        _database.WriteAsync<IReadOnlyList<LeaseId>>(
            async session =>
            {
                var lost = new List<LeaseId>();
                foreach (var lease in leases)
                {
                    var renewed = await session.ExecuteAsync(
                        "renew_lease",
                        Parameter.Id("@id", lease.TaskId),
                        Parameter.Id("@token", lease.Token),
                        Parameter.Span("@duration", duration)).ConfigureAwait(false);
                    if (renewed == 0)
                    {
                        lost.Add(lease);
                    }
                }

                return lost;
            },
            CancellationToken.None).GetAwaiter().GetResult();
}
