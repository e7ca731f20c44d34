using Npgsql;
using NpgsqlTypes;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Relational;

namespace Orchestrator.Storage.Postgres;

/// <summary>Renews a silo's leases with one statement and finishes a batch of tasks with one statement.</summary>
internal sealed class PostgresLeaseStore(PostgresDatabase database) : LeaseStore(database)
{
    private readonly PostgresDatabase _database = database;

    public override IReadOnlyList<LeaseId> Renew(IReadOnlyList<LeaseId> leases, TimeSpan duration)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return RenewOnce(leases, duration);
            }
            catch (Exception exception) when (PostgresErrors.IsRollbackOfContention(exception) && tries < PostgresDatabase.MaxTries)
            {
            }
            catch (Exception exception) when (PostgresErrors.IsUnavailable(exception))
            {
                throw new StoreUnavailableException($"PostgreSQL is not available: {exception.Message}", exception);
            }
        }
    }

    protected override async Task<IReadOnlyList<SettlementResult>> SettleAsync(Session session, IReadOnlyList<Settlement> settlements)
    {
        // Ends under a live lease are the hot path; the rest goes row by row.
        var ends = settlements.Where(settlement => !settlement.OfExpiredLease && TaskEndingOf(settlement) is not null).ToArray();
        if (ends.Length < 2)
        {
            return await base.SettleAsync(session, settlements).ConfigureAwait(false);
        }

        var others = settlements.Except(ends).ToArray();
        var results = new Dictionary<Settlement, SettlementResult>(ReferenceEqualityComparer.Instance);
        var finished = await FinishAsync((PostgresSession)session, ends).ConfigureAwait(false);
        foreach (var settlement in ends)
        {
            results[settlement] = finished.Contains(settlement.Lease.Token)
                ? SettlementResult.Accepted
                : await FindEarlierAsync(session, settlement.Lease).ConfigureAwait(false);
        }

        var othersResults = await base.SettleAsync(session, others).ConfigureAwait(false);
        for (var i = 0; i < others.Length; i++)
        {
            results[others[i]] = othersResults[i];
        }

        return [.. settlements.Select(settlement => results[settlement])];
    }

    private List<LeaseId> RenewOnce(IReadOnlyList<LeaseId> leases, TimeSpan duration)
    {
        using var connection = _database.Source.OpenConnection();
        using var command = new NpgsqlCommand(SqlCatalog.Postgres["renew_leases"], connection);
        AddLeases(command, leases);
        command.Parameters.Add(new NpgsqlParameter("duration", NpgsqlDbType.Interval) { Value = duration });
        using var reader = command.ExecuteReader();
        var renewed = new HashSet<Guid>(leases.Count);
        while (reader.Read())
        {
            renewed.Add(reader.GetGuid(0));
        }

        return [.. leases.Where(lease => !renewed.Contains(lease.Token))];
    }

    private static async Task<HashSet<Guid>> FinishAsync(PostgresSession session, Settlement[] settlements)
    {
        var endings = Array.ConvertAll(settlements, settlement => TaskEndingOf(settlement)!);
        await using var command = session.CreateCommand("finish_tasks");
        AddLeases(command, Array.ConvertAll(settlements, settlement => settlement.Lease));
        AddColumn(command, "statuses", NpgsqlDbType.Text, endings, static ending => ending.State.ToName());
        AddColumn(command, "results", NpgsqlDbType.Bytea, endings, static ending => ending.Result);
        AddColumn(command, "error_codes", NpgsqlDbType.Text, endings, static ending => ending.Error?.Code);
        AddColumn(command, "error_messages", NpgsqlDbType.Text, endings, static ending => ending.Error?.Message);
        AddColumn(command, "error_retryable", NpgsqlDbType.Boolean, endings, static ending => ending.Error?.Retryable);
        AddColumn(command, "data", NpgsqlDbType.Text, endings, static ending => ending.Error is null ? null : EventData.Of(ending.Error).ToJson());
        AddColumn(command, "input_tokens", NpgsqlDbType.Bigint, endings, static ending => ending.Usage?.InputTokens);
        AddColumn(command, "output_tokens", NpgsqlDbType.Bigint, endings, static ending => ending.Usage?.OutputTokens);
        AddColumn(command, "cached_tokens", NpgsqlDbType.Bigint, endings, static ending => ending.Usage?.CachedTokens);
        AddColumn(command, "reasoning_tokens", NpgsqlDbType.Bigint, endings, static ending => ending.Usage?.ReasoningTokens);
        AddColumn<long?>(command, "cost_nanos", NpgsqlDbType.Bigint, endings, static ending => ending.Usage is null ? null : TaskColumns.CostNanos(ending.Usage));

        await using var reader = await command.ExecuteReaderAsync(session.CancellationToken).ConfigureAwait(false);
        var accepted = new HashSet<Guid>(settlements.Length);
        while (await reader.ReadAsync(session.CancellationToken).ConfigureAwait(false))
        {
            accepted.Add(reader.GetGuid(0));
        }

        return accepted;
    }

    private static void AddLeases(NpgsqlCommand command, IReadOnlyList<LeaseId> leases)
    {
        command.Parameters.Add(new NpgsqlParameter("ids", NpgsqlDbType.Array | NpgsqlDbType.Uuid) { Value = leases.Select(lease => lease.TaskId).ToArray() });
        command.Parameters.Add(new NpgsqlParameter("tokens", NpgsqlDbType.Array | NpgsqlDbType.Uuid) { Value = leases.Select(lease => lease.Token).ToArray() });
    }

    private static void AddColumn<T>(NpgsqlCommand command, string name, NpgsqlDbType type, TaskEnding[] endings, Func<TaskEnding, T> value) =>
        command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | type) { Value = Array.ConvertAll(endings, ending => value(ending)) });
}
