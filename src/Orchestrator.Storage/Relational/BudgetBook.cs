using Orchestrator.Core.Fuses;

namespace Orchestrator.Storage.Relational;

/// <summary>The budget of a workspace within one transaction that holds the workspace. What is changed is written by <see cref="WriteAsync"/>.</summary>
internal sealed class BudgetBook
{
    /// <summary>How many attempts are settled at a time.</summary>
    private const int SettleBatch = 1_000;

    private readonly Session _session;
    private readonly long _key;
    private long _entries;
    private long _limitSetAt;

    private BudgetBook(Session session, long key, Row row)
    {
        _session = session;
        _key = key;
        _entries = row.BigInteger("entries");
        _limitSetAt = row.BigInteger("limit_set_at");
        Limit = row.BigInteger("limit_nanos");
        Reserved = row.BigInteger("reserved_nanos");
        Spent = row.BigInteger("spent_nanos");
        IsWarned = row.Flag("warned");
    }

    private sealed record Ended(Guid Token, long Reserved, long Reported, AttemptEnd End, string? ErrorCode);

    public long Limit { get; private set; }

    public long Reserved { get; private set; }

    public long Spent { get; private set; }

    public bool IsWarned { get; private set; }

    /// <summary>What may still be reserved.</summary>
    public long Left => Limit - Spent - Reserved;

    public WorkspaceEventData Details => new() { Limit = Money.OfNanos(Limit), Spent = Money.OfNanos(Spent) };

    /// <summary>The budget; null when the workspace has none.</summary>
    public static Task<BudgetBook?> OpenAsync(Session session, long key) =>
        session.FindAsync("find_budget", row => new BudgetBook(session, key, row), Parameter.BigInteger("@key", key));

    /// <summary>Charges what ended attempts cost, and warns once when most of the budget is spent; answers how many were settled.</summary>
    public async Task<int> SettleAsync(DateTimeOffset now)
    {
        var settled = 0;
        List<Ended> ended;
        do
        {
            ended = await _session.QueryAsync(
                "list_ended_reservations", Read, Parameter.BigInteger("@key", _key), Parameter.Integer("@limit", SettleBatch)).ConfigureAwait(false);
            if (ended.Count > 0)
            {
                await SettleAsync(ended, now).ConfigureAwait(false);
                settled += ended.Count;
            }
        }
        while (ended.Count == SettleBatch);

        if (settled > 0)
        {
            await WarnAsync().ConfigureAwait(false);
            await WriteAsync().ConfigureAwait(false);
        }

        return settled;
    }

    /// <summary>Reserves for an attempt that starts.</summary>
    public async Task ReserveAsync(Guid taskId, Guid token, long amount, DateTimeOffset now)
    {
        await AddEntryAsync("reserve", now, taskId, token, amount, 0).ConfigureAwait(false);
        await WriteAsync().ConfigureAwait(false);
    }

    /// <summary>Begins anew to count what is spent.</summary>
    public async Task ResetAsync(DateTimeOffset now)
    {
        await AddEntryAsync("reset", now, null, null, 0, -Spent).ConfigureAwait(false);
        IsWarned = false;
        await WriteAsync().ConfigureAwait(false);
    }

    public async Task SetLimitAsync(long limit)
    {
        Limit = limit;
        _limitSetAt = _entries;
        IsWarned = IsWarned && BudgetRules.IsWarning(Spent, Limit);
        await WarnAsync().ConfigureAwait(false);
        await WriteAsync().ConfigureAwait(false);
    }

    private async Task SettleAsync(List<Ended> ended, DateTimeOffset now)
    {
        var tokens = Parameter.IdList("@tokens", ended.ConvertAll(static attempt => attempt.Token));
        var charges = ended.ConvertAll(static attempt => BudgetRules.Charge(attempt.Reserved, attempt.Reported, attempt.End, attempt.ErrorCode));
        await _session.ExecuteAsync(
            "settle_reservations",
            Parameter.BigInteger("@entries", _entries),
            Parameter.Time("@now", now),
            tokens,
            Parameter.BigIntegerList("@charges", charges)).ConfigureAwait(false);
        await _session.ExecuteAsync("close_reservations", tokens, Parameter.Flag("@flag", false)).ConfigureAwait(false);
        _entries += ended.Count;
        Reserved -= ended.Sum(static attempt => attempt.Reserved);
        Spent += charges.Sum();
    }

    private async Task WarnAsync()
    {
        if (!IsWarned && BudgetRules.IsWarning(Spent, Limit))
        {
            IsWarned = true;
            await WorkspaceJournal.RecordAsync(
                _session, _key, WorkspaceJournal.Warning, Details with { Fuse = Fuse.Budget.ToName() }).ConfigureAwait(false);
        }
    }

    private async Task AddEntryAsync(string kind, DateTimeOffset now, Guid? taskId, Guid? token, long reserved, long spent)
    {
        _entries++;
        Reserved += reserved;
        Spent += spent;
        await _session.ExecuteAsync(
            "insert_ledger_entry",
            Parameter.BigInteger("@key", _key),
            Parameter.BigInteger("@entry", _entries),
            Parameter.Text("@kind", kind),
            Parameter.Time("@now", now),
            Parameter.Id("@task_id", taskId),
            Parameter.Id("@token", token),
            Parameter.BigInteger("@reserved_change", reserved),
            Parameter.BigInteger("@spent_change", spent)).ConfigureAwait(false);
    }

    private Task<int> WriteAsync() => _session.ExecuteAsync(
        "update_budget",
        Parameter.BigInteger("@key", _key),
        Parameter.BigInteger("@limit_nanos", Limit),
        Parameter.BigInteger("@reserved_nanos", Reserved),
        Parameter.BigInteger("@spent_nanos", Spent),
        Parameter.BigInteger("@entries", _entries),
        Parameter.BigInteger("@limit_set_at", _limitSetAt),
        Parameter.Flag("@warned", IsWarned));

    private static Ended Read(Row row)
    {
        var token = row.Id("token");
        var end = row.Flag("returned") ? AttemptEnd.NotBegun
            : row.Flag("cut_off") || row.IdOrNull("settled_token") != token ? AttemptEnd.Lost
            : AttemptEnd.Settled;

        // An attempt that does not count, because its task waits for children, has left the error of an earlier one.
        var errorCode = row.IntegerOrNull("attempts_left") < row.Integer("attempt") ? null : row.TextOrNull("error_code");
        return new Ended(token, row.BigInteger("reserved_nanos"), row.BigInteger("cost") - row.BigInteger("cost_before"), end, errorCode);
    }
}
