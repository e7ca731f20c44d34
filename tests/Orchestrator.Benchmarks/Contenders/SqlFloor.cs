using Npgsql;
using NpgsqlTypes;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>
/// The least that our row changes can cost: claims and ends in large batches on two connections, on our own tables, without
/// fair share, limits, fences against late writers, timers or workers.
/// </summary>
internal static class SqlFloor
{
    private const int Batch = 500;
    private const int Connections = 2;

    private const string Claim = """
        with head as materialized (
            select id from tasks where workspace_key = @key and action = @action and status = 'queued'
            order by rank, id limit @batch for no key update skip locked
        )
        update tasks t
        set status = 'processing', attempt = attempt + 1, started_at = clock_timestamp(), lease_token = gen_random_uuid(),
            lease_expires_at = clock_timestamp() + interval '15 s', lease_silo = @silo, seq = seq + 1,
            timeline = timeline || ',' || orc_event(seq + 1, 'processing', clock_timestamp(), attempt + 1, '{"silo":"' || @silo || '"}')
        from head where t.id = head.id
        returning t.id, t.lease_token
        """;

    private const string End = """
        with gone as (
            delete from tasks t using unnest(@ids, @tokens) as e(id, token) where t.id = e.id and t.lease_token = e.token returning t.*
        )
        insert into finished_tasks (
            id, workspace_key, action, status, score, score_source, attempt, max_attempts, timeout_ms, created_at, started_at,
            finished_at, lease_token, lease_expires_at, delegation_depth, unresolved, result, seq, timeline)
        select id, workspace_key, action, 'completed', score, score_source, attempt, max_attempts, timeout_ms, created_at, started_at,
            clock_timestamp(), lease_token, lease_expires_at, delegation_depth, false, @result, seq + 1,
            timeline || ',' || orc_event(seq + 1, 'completed', clock_timestamp(), attempt, null)
        from gone
        """;

    private static readonly byte[] Result = """{"simulated":true}"""u8.ToArray();

    /// <summary>Claims and ends everything that is queued.</summary>
    public static async Task RunAsync(IsolatedSchema schema)
    {
        var keys = await schema.QueryAsync<long>("select key from workspaces order by key");
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(i =>
            Task.Run(() => RunAsync(schema, new Queue<long>(keys.Where((_, place) => place % Connections == i))))));
    }

    private static async Task RunAsync(IsolatedSchema schema, Queue<long> keys)
    {
        await using var connection = await Servers.ConnectAsync(schema);
        await using var claim = new NpgsqlCommand(Claim, connection);
        var key = claim.Parameters.Add("key", NpgsqlDbType.Bigint);
        claim.Parameters.AddWithValue("action", OwnStore.Action);
        claim.Parameters.AddWithValue("batch", Batch);
        claim.Parameters.AddWithValue("silo", Guid.NewGuid());
        await using var end = new NpgsqlCommand(End, connection);
        var ids = end.Parameters.Add("ids", NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        var tokens = end.Parameters.Add("tokens", NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        end.Parameters.AddWithValue("result", Result);
        key.Value = 0L;
        await claim.PrepareAsync();
        await end.PrepareAsync();

        while (keys.TryDequeue(out var workspace))
        {
            key.Value = workspace;
            var claimed = await ClaimAsync(claim);
            if (claimed.Count == 0)
            {
                continue;
            }

            ids.Value = claimed.ConvertAll(lease => lease.Id).ToArray();
            tokens.Value = claimed.ConvertAll(lease => lease.Token).ToArray();
            await end.ExecuteNonQueryAsync();
            keys.Enqueue(workspace);
        }
    }

    private static async Task<List<(Guid Id, Guid Token)>> ClaimAsync(NpgsqlCommand claim)
    {
        var claimed = new List<(Guid, Guid)>(Batch);
        await using var reader = await claim.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            claimed.Add((reader.GetGuid(0), reader.GetGuid(1)));
        }

        return claimed;
    }
}
