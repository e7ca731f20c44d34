using Npgsql;
using NpgsqlTypes;
using Orchestrator.Core.Tasks;
using Orchestrator.Core.Webhooks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Relational;

namespace Orchestrator.Storage.Postgres;

/// <summary>Renews a silo's leases with one statement and finishes a batch of tasks with one statement.</summary>
internal sealed class PostgresLeaseStore(PostgresDatabase database, RunEngine runs) : LeaseStore(database, runs)
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

    public override async Task<IReadOnlyList<SettlementResult>> SettleAsync(
        IReadOnlyList<Settlement> settlements, CancellationToken cancellationToken) =>
        // Ends alone, the hot path, are one call that is its own transaction; written twice they are recognised.
        settlements.All(static settlement => IsPlainEnd(settlement) && settlement is { IsRemote: false, Step: null })
            ? await _database.ReadAsync(session => FinishAsync((PostgresSession)session, settlements, [.. settlements.Select(settlement => settlement.WorkspaceKey).Distinct()], new UsageTally()), cancellationToken).ConfigureAwait(false)
            : await base.SettleAsync(settlements, cancellationToken).ConfigureAwait(false);

    protected override async Task<IReadOnlyList<SettlementResult>> SettleAsync(
        Session session, IReadOnlyList<Settlement> settlements, UsageTally usage)
    {
        var ends = settlements.Where(IsPlainEnd).ToArray();
        var others = settlements.Where(settlement => !IsPlainEnd(settlement)).ToArray();

        // Whoever calls holds the workspaces and clears their limits once every task's lock has been taken.
        var ofEnds = new Queue<SettlementResult>(ends.Length == 0 ? [] : await FinishAsync((PostgresSession)session, ends, [], usage).ConfigureAwait(false));
        var ofOthers = new Queue<SettlementResult>(await base.SettleAsync(session, others, usage).ConfigureAwait(false));
        return [.. settlements.Select(settlement => (IsPlainEnd(settlement) ? ofEnds : ofOthers).Dequeue())];
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

    private static async Task<IReadOnlyList<SettlementResult>> FinishAsync(
        PostgresSession session, IReadOnlyList<Settlement> settlements, long[] workspaces, UsageTally tally)
    {
        // Whoever settles one task of a run advances the runs of all.
        var ofRuns = settlements.Any(static settlement => settlement.Step is not null);
        var refused = settlements.Any(static settlement => settlement.Outcome.Usage is not null)
            // A batch may settle a task twice; what is counted must be what was written.
            ? await WriteEndsAsync(session, ofRuns ? "finish_steps_with_usage" : "finish_tasks_with_usage", [.. settlements.DistinctBy(static settlement => settlement.Lease.Token)], workspaces, tally).ConfigureAwait(false)
            : await WriteEndsAsync(session, ofRuns ? "finish_steps" : "finish_tasks", settlements, workspaces, tally).ConfigureAwait(false);
        var results = new SettlementResult[settlements.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = refused.Contains(settlements[i].Lease.Token)
                ? await FindEarlierAsync(session, settlements[i].Lease).ConfigureAwait(false)
                : SettlementResult.Accepted;
        }

        foreach (var written in ofRuns ? settlements.DistinctBy(static settlement => settlement.Lease.Token) : [])
        {
            if (!refused.Contains(written.Lease.Token))
            {
                tally.AddEnd(written);
            }
        }

        return results;
    }

    /// <summary>Answers the tokens of those that were not written.</summary>
    private static async Task<HashSet<Guid>> WriteEndsAsync(
        PostgresSession session, string query, IReadOnlyList<Settlement> settlements, long[] workspaces, UsageTally tally)
    {
        var ends = settlements.Select(settlement => TaskEndingOf(settlement)!).ToArray();
        await using var command = session.CreateCommand(query);
        command.Parameters.Add(new NpgsqlParameter("workspaces", NpgsqlDbType.Array | NpgsqlDbType.Bigint) { Value = workspaces });
        AddLeases(command, [.. settlements.Select(settlement => settlement.Lease)]);
        AddColumn(command, "statuses", NpgsqlDbType.Text, ends, static ending => ending.State.ToName());
        AddColumn(command, "results", NpgsqlDbType.Bytea, ends, static ending => ending.Result);
        AddColumn(command, "error_codes", NpgsqlDbType.Text, ends, static ending => ending.Error?.Code);
        AddColumn(command, "error_messages", NpgsqlDbType.Text, ends, static ending => ending.Error?.Message);
        AddColumn(command, "error_retryable", NpgsqlDbType.Boolean, ends, static ending => ending.Error?.Retryable);
        AddColumn(command, "data", NpgsqlDbType.Text, ends, static ending => ending.Error is null ? null : EventData.Of(ending.Error).ToJson());
        AddColumn(command, "input_tokens", NpgsqlDbType.Bigint, ends, static ending => ending.Usage?.InputTokens);
        AddColumn(command, "output_tokens", NpgsqlDbType.Bigint, ends, static ending => ending.Usage?.OutputTokens);
        AddColumn(command, "cached_tokens", NpgsqlDbType.Bigint, ends, static ending => ending.Usage?.CachedTokens);
        AddColumn(command, "reasoning_tokens", NpgsqlDbType.Bigint, ends, static ending => ending.Usage?.ReasoningTokens);
        AddColumn<long?>(command, "cost_nanos", NpgsqlDbType.Bigint, ends, static ending => ending.Usage is null ? null : TaskColumns.CostNanos(ending.Usage));

        command.Parameters.Add(new NpgsqlParameter("webhook_scopes", NpgsqlDbType.Array | NpgsqlDbType.Bigint)
        {
            Value = settlements.Select(settlement => settlement.WorkspaceKey).Append(WebhookOutbox.EveryWorkspace).Distinct().ToArray(),
        });
        command.Parameters.Add(new NpgsqlParameter("type_patterns", NpgsqlDbType.Array | NpgsqlDbType.Text)
        {
            Value = ends.Select(ending => ending.State).Distinct().Select(EventTypes.OfEnd).Append(EventTypes.Any).Select(WebhookOutbox.PatternOf).ToArray(),
        });

        await using var reader = await command.ExecuteReaderAsync(session.CancellationToken).ConfigureAwait(false);
        var refused = new HashSet<Guid>();
        while (await reader.ReadAsync(session.CancellationToken).ConfigureAwait(false))
        {
            if (!reader.IsDBNull(0))
            {
                refused.Add(reader.GetGuid(0));
            }

            if (reader.FieldCount > 1)
            {
                tally.EndedAt = reader.GetFieldValue<DateTimeOffset>(1);
            }
        }

        return refused;
    }

    private static void AddLeases(NpgsqlCommand command, IReadOnlyList<LeaseId> leases)
    {
        command.Parameters.Add(new NpgsqlParameter("ids", NpgsqlDbType.Array | NpgsqlDbType.Uuid) { Value = leases.Select(lease => lease.TaskId).ToArray() });
        command.Parameters.Add(new NpgsqlParameter("tokens", NpgsqlDbType.Array | NpgsqlDbType.Uuid) { Value = leases.Select(lease => lease.Token).ToArray() });
    }

    private static void AddColumn<T>(NpgsqlCommand command, string name, NpgsqlDbType type, TaskEnding[] endings, Func<TaskEnding, T> value) =>
        command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | type) { Value = Array.ConvertAll(endings, ending => value(ending)) });
}
