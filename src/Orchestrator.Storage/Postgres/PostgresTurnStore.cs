using Npgsql;
using NpgsqlTypes;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Relational;
using Orchestrator.Storage.Turns;

namespace Orchestrator.Storage.Postgres;

/// <summary>A turn in one round trip: the function <c>orc_take_turn</c>, whose comments say how.</summary>
internal sealed class PostgresTurnStore(PostgresDatabase database) : ITurnStore
{
    private const int MinReach = 4;
    private const int MaxReach = 32;

    public Task<TurnResult> TakeAsync(TurnRequest request, CancellationToken cancellationToken) =>
        database.ReadAsync(session => TakeAsync((PostgresSession)session, request), cancellationToken);

    private static async Task<TurnResult> TakeAsync(PostgresSession session, TurnRequest request)
    {
        await using var command = session.CreateCommand(
            "take_turn",
            Parameter.Id("silo", request.SiloId),
            Parameter.Integer("slots", request.Slots),
            Parameter.TextList("actions", [.. request.Actions.Select(action => action.Action)]),
            Parameter.Span("lease", request.LeaseDuration),
            Parameter.Integer("reach", Math.Clamp(request.Slots, MinReach, MaxReach)));
        command.Parameters.Add(new NpgsqlParameter("free", NpgsqlDbType.Array | NpgsqlDbType.Integer)
        {
            Value = request.Actions.Select(action => action.Free).ToArray(),
        });

        await using var reader = await command.ExecuteReaderAsync(session.CancellationToken).ConfigureAwait(false);
        var tasks = new List<ClaimedTask>();
        var more = false;
        while (await reader.ReadAsync(session.CancellationToken).ConfigureAwait(false))
        {
            if (reader.IsDBNull(0))
            {
                more = reader.GetBoolean(12);
            }
            else
            {
                tasks.Add(ReadTask(reader));
            }
        }

        return new TurnResult(tasks, more);
    }

    private static ClaimedTask ReadTask(NpgsqlDataReader reader) => new()
    {
        Lease = new LeaseId(reader.GetGuid(0), reader.GetGuid(1)),
        WorkspaceKey = reader.GetInt64(2),
        Workspace = reader.GetString(3),
        Action = reader.GetString(4),
        Attempt = reader.GetInt32(5),
        MaxAttempts = reader.GetInt32(6),
        TimeoutMs = reader.GetInt32(7),
        DeadlineAt = reader.IsDBNull(8) ? null : reader.GetFieldValue<DateTimeOffset>(8),
        TimeToDeadline = reader.IsDBNull(9) ? null : reader.GetFieldValue<TimeSpan>(9),
        Waited = reader.GetFieldValue<TimeSpan>(10),
        Input = reader.GetFieldValue<byte[]>(11),
    };
}
