using Npgsql;
using NpgsqlTypes;
using Orchestrator.Storage.Fuses;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Relational;
using Orchestrator.Storage.Turns;

namespace Orchestrator.Storage.Postgres;

/// <summary>A turn in one round trip: the function <c>orc_take_turn</c>, whose comments say how.</summary>
internal sealed class PostgresTurnStore(PostgresDatabase database) : ITurnStore
{
    private const int MinReach = 4;
    private const int MaxReach = 32;

    // Of the last turn that leased ahead.
    private volatile int _reachAhead = MinReach;

    public Task<TurnResult> TakeAsync(TurnRequest request, CancellationToken cancellationToken) =>
        request.IsRemote
            ? database.WriteAsync(async session => await RemoteLeases.NoteAsync(session, request, await TakeAsync((PostgresSession)session, request).ConfigureAwait(false)).ConfigureAwait(false), cancellationToken)
            : database.ReadAsync(session => TakeAsync((PostgresSession)session, request), cancellationToken);

    private async Task<TurnResult> TakeAsync(PostgresSession session, TurnRequest request)
    {
        // Lanes with skills stand beside the actions, each with what is free of its action.
        var offered = request.Actions.SelectMany(static action => action.Lanes.Prepend(action.Action), static (action, lane) => action with { Action = lane }).ToList();
        await using var command = session.CreateCommand(
            "take_turn",
            Parameter.Id("silo", request.SiloId),
            Parameter.Integer("slots", request.Slots),
            Parameter.Integer("slow_slots", request.SlowSlots),
            Parameter.Integer("long_slots", request.LongSlots),
            Parameter.TextList("actions", [.. offered.Select(action => action.Action)]),
            Parameter.Span("lease", request.LeaseDuration),
            Parameter.Integer("reach", ReachOf(request)),
            Parameter.Integer("credit", request.Credit),
            Parameter.TextList("workspaces", request.Workspaces));
        command.Parameters.Add(new NpgsqlParameter("free", NpgsqlDbType.Array | NpgsqlDbType.Integer)
        {
            Value = offered.Select(action => action.Free).ToArray(),
        });
        command.Parameters.Add(new NpgsqlParameter("costs", NpgsqlDbType.Array | NpgsqlDbType.Bigint)
        {
            Value = offered.Select(action => Money.ToNanos(action.MaxCost)).ToArray(),
        });
        command.Parameters.Add(new NpgsqlParameter("providers", NpgsqlDbType.Array | NpgsqlDbType.Text)
        {
            Value = offered.Select(action => action.Provider).ToArray(),
        });
        command.Parameters.Add(new NpgsqlParameter("paces", NpgsqlDbType.Array | NpgsqlDbType.Integer)
        {
            Value = offered.Select(action => (int)action.Pace).ToArray(),
        });

        await using var reader = await command.ExecuteReaderAsync(session.CancellationToken).ConfigureAwait(false);
        var tasks = new List<ClaimedTask>();
        var more = false;
        var parked = 0;
        var gated = 0;
        IReadOnlyList<HeldWorkspace> held = [];
        while (await reader.ReadAsync(session.CancellationToken).ConfigureAwait(false))
        {
            if (reader.IsDBNull(0))
            {
                more = reader.GetBoolean(12);
                parked = reader.GetInt32(13);
                held = ReadHeld(reader);
                gated = reader.GetInt32(20);
            }
            else
            {
                tasks.Add(ReadTask(reader));
            }
        }

        if (request.Ahead > 0)
        {
            _reachAhead = Math.Clamp(tasks.Count < request.Slots && more ? _reachAhead * 2 : _reachAhead / 2, MinReach, MaxReach);
        }

        return new TurnResult(tasks, more) { Parked = parked, Gated = gated, Held = held };
    }

    /// <summary>
    /// How many workspaces a turn holds. For free slots many, so that each gets its part at once. What is leased ahead is
    /// worked off within milliseconds, so the others' turn comes soon: a few, more only while they have too little; that
    /// leaves some to the other silos and writes fewer rows.
    /// </summary>
    private int ReachOf(TurnRequest request) => request.Ahead > 0 ? _reachAhead : Math.Clamp(request.Slots, MinReach, MaxReach);

    private static IReadOnlyList<HeldWorkspace> ReadHeld(NpgsqlDataReader reader) => reader.IsDBNull(18)
        ? []
        : [.. reader.GetFieldValue<long[]>(18).Zip(reader.GetFieldValue<long?[]>(19), HeldWorkspace.Of)];

    private static ClaimedTask ReadTask(NpgsqlDataReader reader) => new()
    {
        Lease = new LeaseId(reader.GetGuid(0), reader.GetGuid(1)),
        WorkspaceKey = reader.GetInt64(2),
        Workspace = reader.GetString(3),
        Lane = reader.GetString(4),
        Attempt = reader.GetInt32(5),
        MaxAttempts = reader.GetInt32(6),
        TimeoutMs = reader.GetInt32(7),
        DeadlineAt = reader.IsDBNull(8) ? null : reader.GetFieldValue<DateTimeOffset>(8),
        TimeToDeadline = reader.IsDBNull(9) ? null : reader.GetFieldValue<TimeSpan>(9),
        Waited = reader.GetFieldValue<TimeSpan>(10),
        Input = reader.GetFieldValue<byte[]>(11),
        Continuation = reader.IsDBNull(15) ? 0 : reader.GetInt32(15),
        Checkpoint = reader.IsDBNull(16) ? default(ReadOnlyMemory<byte>?) : reader.GetFieldValue<byte[]>(16),
        Resources = reader.IsDBNull(14) ? [] : [.. Json.ToCounts(reader.GetString(14)).Keys],
        Step = reader.IsDBNull(22)
            ? null
            : new StepWork(
                reader.GetGuid(22),
                reader.GetString(23),
                reader.GetFieldValue<TimeSpan>(24),
                reader.IsDBNull(25) ? null : reader.GetFieldValue<DateTimeOffset>(25)),
        IsProbe = !reader.IsDBNull(21) && reader.GetBoolean(21),
        Reserved = reader.IsDBNull(17) ? null : Money.OfNanos(reader.GetInt64(17)),
        TraceParent = reader.IsDBNull(26) ? null : reader.GetString(26),
    };
}
