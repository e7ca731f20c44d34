using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;

namespace Orchestrator.Storage.Relational;

/// <summary>Leases, row by row; a dialect may renew and settle faster.</summary>
internal abstract class LeaseStore(IDatabase database, RunEngine runs) : ILeaseStore
{
    public abstract IReadOnlyList<LeaseId> Renew(IReadOnlyList<LeaseId> leases, TimeSpan duration);

    public virtual async Task<IReadOnlyList<SettlementResult>> SettleAsync(
        IReadOnlyList<Settlement> settlements, CancellationToken cancellationToken) =>
        settlements.Any(static settlement => settlement.Step is not null)
            ? await runs.RunAsync((session, advance) => SettleAndAdvanceAsync(session, settlements, advance), cancellationToken).ConfigureAwait(false)
            : await database.WriteAsync(session => SettleAllAsync(session, settlements, new UsageTally()), cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<SettlementResult>> AppendAsync(
        IReadOnlyList<AttemptEvent> events, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            async session =>
            {
                var results = new SettlementResult[events.Count];
                foreach (var lease in Enumerable.Range(0, events.Count).GroupBy(index => events[index].Lease).OrderBy(group => group.Key.TaskId))
                {
                    var indexes = lease.ToArray();
                    var accepted = await AppendAsync(session, lease.Key, [.. indexes.Select(index => events[index])]).ConfigureAwait(false);
                    Array.ForEach(indexes, index => results[index] = accepted ? SettlementResult.Accepted : SettlementResult.LeaseLost);
                }

                return results;
            },
            cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<ExpiredLease>> FindExpiredAsync(int limit, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            session => session.QueryAsync(
                "find_expired_leases",
                static row => new ExpiredLease(
                    new LeaseId(row.Id("id"), row.Id("lease_token")),
                    row.BigInteger("workspace_key"),
                    row.Text("lane"),
                    row.Integer("attempt"),
                    row.Integer("max_attempts")),
                Parameter.Integer("@limit", limit)),
            cancellationToken).ConfigureAwait(false);

    /// <summary>Writes settlements, and has the runs whose tasks they end go on.</summary>
    private async Task<IReadOnlyList<SettlementResult>> SettleAndAdvanceAsync(Session session, IReadOnlyList<Settlement> settlements, RunAdvance advance)
    {
        var usage = new UsageTally();
        var results = await SettleAllAsync(session, settlements, usage).ConfigureAwait(false);
        advance.Free(usage.EndedSteps);
        var accepted = settlements
            .Where((settlement, index) => settlement.Step is not null && results[index] == SettlementResult.Accepted)
            .DistinctBy(static settlement => settlement.Lease.TaskId)
            .ToList();
        if (accepted.Count > 0)
        {
            await advance.EndAsync(accepted, usage.EndedAt).ConfigureAwait(false);
        }

        return results;
    }

    private async Task<IReadOnlyList<SettlementResult>> SettleAllAsync(Session session, IReadOnlyList<Settlement> settlements, UsageTally usage)
    {
        // Without a refusal this asks nothing.
        var applied = (await Refusals.ReadAsync(session, settlements).ConfigureAwait(false)).Apply(settlements);
        var keys = applied.Select(settlement => settlement.WorkspaceKey).Distinct().ToArray();
        var limited = await session.LockLimitedWorkspacesAsync(keys).ConfigureAwait(false);
        var readying = applied
            .Where(static settlement => MayRequeue(settlement.Outcome) || settlement.Step is not null)
            .Select(static settlement => settlement.WorkspaceKey)
            .Distinct()
            .ToArray();
        if (readying.Length > 0)
        {
            await session.ShareWorkspacesAsync(readying).ConfigureAwait(false);
        }

        await ChildrenWaits.LockAsync(session, applied).ConfigureAwait(false);
        var results = await SettleAsync(session, applied, usage).ConfigureAwait(false);
        await usage.WriteAsync(session).ConfigureAwait(false);
        await session.MarkReadyAsync(applied
            .Where((settlement, index) => MayRequeue(settlement.Outcome) && results[index] == SettlementResult.Accepted)
            .Select(static settlement => (settlement.WorkspaceKey, settlement.Lane))).ConfigureAwait(false);
        await session.ClearAtLimitAsync(limited).ConfigureAwait(false);
        await ReturnAttemptsAsync(session, applied, results).ConfigureAwait(false);
        await Refusals.CloseAsync(session, applied, results).ConfigureAwait(false);
        await RemoteLeases.CloseAsync(session, applied, results).ConfigureAwait(false);
        return results;
    }

    /// <summary>Writes each settlement under its fence, and adds what those that it writes have used.</summary>
    protected virtual async Task<IReadOnlyList<SettlementResult>> SettleAsync(
        Session session, IReadOnlyList<Settlement> settlements, UsageTally usage)
    {
        var results = new SettlementResult[settlements.Count];
        foreach (var index in Enumerable.Range(0, settlements.Count).OrderBy(i => settlements[i].Lease.TaskId))
        {
            results[index] = await SettleAsync(session, settlements[index], usage).ConfigureAwait(false);
        }

        return results;
    }

    /// <summary>Whether an earlier try of the same settlement was written and only its answer was lost.</summary>
    protected static async Task<SettlementResult> FindEarlierAsync(Session session, LeaseId lease) =>
        await session.AnyAsync("find_settled", Parameter.Id("@id", lease.TaskId), Parameter.Id("@token", lease.Token)).ConfigureAwait(false)
            ? SettlementResult.Accepted
            : SettlementResult.LeaseLost;

    /// <summary>Writes one settlement under its fence.</summary>
    protected static async Task<SettlementResult> SettleAsync(Session session, Settlement settlement, UsageTally usage)
    {
        var held = await session.AnyAsync(
            "lock_lease",
            Parameter.Id("@id", settlement.Lease.TaskId),
            Parameter.Id("@token", settlement.Lease.Token),
            Parameter.Flag("@unexpired", !settlement.OfExpiredLease)).ConfigureAwait(false);
        if (!held)
        {
            return await FindEarlierAsync(session, settlement.Lease).ConfigureAwait(false);
        }

        if (settlement.Outcome is AttemptOutcome.Completed { HeardThrough: { } heard }
            && await session.AnyAsync("find_unheard", Parameter.Id("@id", settlement.Lease.TaskId), Parameter.Integer("@number", heard)).ConfigureAwait(false))
        {
            // Whoever sends one holds the task's row, as this does, so none comes in between.
            return SettlementResult.Unheard;
        }

        if (settlement.Outcome is AttemptOutcome.Refused refused)
        {
            if (!await Refusals.TryParkAsync(session, settlement, refused, await session.NowAsync().ConfigureAwait(false)).ConfigureAwait(false))
            {
                return await SettleAsync(session, settlement with { Outcome = refused.Otherwise }, usage).ConfigureAwait(false);
            }

            usage.Add(settlement);
            return SettlementResult.Parked;
        }

        var result = settlement.Outcome switch
        {
            AttemptOutcome.Awaiting awaiting => await ChildrenWaits.ParkAsync(session, settlement, awaiting).ConfigureAwait(false),
            AttemptOutcome.AwaitingApproval asking => await Approvals.ParkAsync(session, settlement, asking).ConfigureAwait(false),
            _ => await EndOrRequeueAsync(session, settlement).ConfigureAwait(false),
        };
        if (result != SettlementResult.Circular)
        {
            usage.Add(settlement);
        }

        if (TaskEndingOf(settlement) is not null)
        {
            usage.AddEnd(settlement);
        }

        return result;
    }

    private static async Task<SettlementResult> EndOrRequeueAsync(Session session, Settlement settlement)
    {
        if (TaskEndingOf(settlement) is { } ending)
        {
            await ending.WriteAsync(session, settlement.Lease.TaskId).ConfigureAwait(false);
        }
        else
        {
            var requeue = RequeueOf(settlement, await session.NowAsync().ConfigureAwait(false));
            await session.ExecuteAsync("requeue_task", [Parameter.Id("@id", settlement.Lease.TaskId), .. requeue]).ConfigureAwait(false);
        }

        return SettlementResult.Accepted;
    }

    /// <summary>
    /// Tells the fuses which attempts were no executions (given back before they began, or refused by their provider), and of
    /// which nobody knows what they have cost.
    /// </summary>
    private static async Task ReturnAttemptsAsync(Session session, IReadOnlyList<Settlement> settlements, IReadOnlyList<SettlementResult> results)
    {
        await MarkAsync("return_attempts", (outcome, result) => outcome is AttemptOutcome.HandedBack { Began: false }
            || (outcome is AttemptOutcome.Refused && result == SettlementResult.Parked)).ConfigureAwait(false);
        await MarkAsync("cut_off_attempts", static (outcome, _) => outcome is AttemptOutcome.HandedBack { Began: true }).ConfigureAwait(false);

        async Task MarkAsync(string query, Func<AttemptOutcome, SettlementResult, bool> isMeant)
        {
            var tokens = settlements
                .Where((settlement, index) => results[index] != SettlementResult.LeaseLost && isMeant(settlement.Outcome, results[index]))
                .Select(static settlement => settlement.Lease.Token)
                .ToList();
            if (tokens.Count > 0)
            {
                await session.ExecuteAsync(query, Parameter.IdList("@tokens", tokens), Parameter.Flag("@flag", true)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether a settlement ends its task under a live lease, whatever else there is; everything else goes row by row.</summary>
    protected static bool IsPlainEnd(Settlement settlement) =>
        !settlement.OfExpiredLease && settlement.Outcome is AttemptOutcome.Completed { HeardThrough: null } or AttemptOutcome.Failed;

    /// <summary>How a settlement ends its task, or null when the task goes on.</summary>
    protected static TaskEnding? TaskEndingOf(Settlement settlement) => settlement.Outcome switch
    {
        AttemptOutcome.Completed completed => new TaskEnding(TaskState.Completed)
        {
            Token = TokenOf(settlement),
            OfAttempt = true,
            Advances = settlement.Step is not null,
            Result = completed.Result,
            Usage = completed.Usage,
        },
        AttemptOutcome.Failed failed => new TaskEnding(TaskState.Failed)
        {
            Token = TokenOf(settlement),
            OfAttempt = true,
            Advances = settlement.Step is not null,
            Error = failed.Error,
            Usage = failed.Usage,
        },
        _ => null,
    };

    /// <summary>Whether a settlement may make its task ready at once.</summary>
    private static bool MayRequeue(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Retried retried => retried.Delay <= TimeSpan.Zero,
        AttemptOutcome.HandedBack => true,
        AttemptOutcome.Awaiting => true,
        AttemptOutcome.Refused refused => MayRequeue(refused.Otherwise),
        _ => false,
    };

    /// <summary>The token by which a repeated settlement is recognised; the reaper leaves none, so that the late holder is refused.</summary>
    private static Guid? TokenOf(Settlement settlement) => settlement.OfExpiredLease ? null : settlement.Lease.Token;

    private static Parameter[] RequeueOf(Settlement settlement, DateTimeOffset now)
    {
        var outcome = settlement.Outcome;
        var retried = outcome as AttemptOutcome.Retried;
        var delayed = retried?.Delay > TimeSpan.Zero;
        return
        [
            Parameter.Text("@status", (delayed ? TaskState.Scheduled : TaskState.Queued).ToName()),
            Parameter.Time("@due_at", delayed ? now + retried!.Delay : null),
            Parameter.Time("@now", now),
            Parameter.Id("@settled_token", TokenOf(settlement)),
            Parameter.Integer("@refund", retried is null or { Refunded: true } ? 1 : 0),
            Parameter.Integer("@events", retried is null ? 1 : 2),
            Parameter.Text("@retry_data", retried is null
                ? null
                : (EventData.Of(retried.Error) with { DelayMs = (long)retried.Delay.TotalMilliseconds }).ToJson()),
            Parameter.Text("@requeue_data", retried is null ? new EventData { Reason = "handed_back" }.ToJson() : null),
            .. TaskColumns.ErrorParameters(retried?.Error),
            .. TaskColumns.UsageParameters(outcome.Usage),
        ];
    }

    private static async Task<bool> AppendAsync(Session session, LeaseId lease, IReadOnlyList<AttemptEvent> events)
    {
        var progress = events.OfType<AttemptEvent.Progress>().LastOrDefault();
        var touched = await session.FindAsync<(int Seq, int Attempt, DateTimeOffset Now)?>(
            "touch_lease",
            static row => (row.Integer("seq"), row.Integer("attempt"), row.Time("now")),
            Parameter.Id("@id", lease.TaskId),
            Parameter.Id("@token", lease.Token),
            Parameter.Integer("@events", events.Count),
            Parameter.Real("@fraction", progress?.Fraction),
            Parameter.Text("@message", progress?.Message)).ConfigureAwait(false);
        if (touched is not { } row)
        {
            return false;
        }

        for (var i = 0; i < events.Count; i++)
        {
            await session.ExecuteAsync(
                "insert_event",
                Parameter.Id("@task_id", lease.TaskId),
                Parameter.Integer("@seq", row.Seq - events.Count + 1 + i),
                Parameter.Text("@type", events[i] is AttemptEvent.Chunk ? "chunk" : "progress"),
                Parameter.Time("@at", row.Now),
                Parameter.Integer("@attempt", row.Attempt),
                Parameter.Text("@data", DataOf(events[i]).ToJson())).ConfigureAwait(false);
        }

        return true;
    }

    private static EventData DataOf(AttemptEvent attemptEvent) => attemptEvent switch
    {
        AttemptEvent.Progress progress => new EventData { Fraction = progress.Fraction, Message = progress.Message },
        AttemptEvent.Chunk chunk => new EventData { Text = chunk.Text },
        _ => throw new ArgumentOutOfRangeException(nameof(attemptEvent)),
    };
}
