using Orchestrator.Core.Scheduling;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Relational;
using Orchestrator.Storage.Turns;

namespace Orchestrator.Storage.Sqlite;

/// <summary>A turn with the arithmetic of <see cref="FairShare"/>; the transaction is the lock of every workspace.</summary>
internal sealed class SqliteTurnStore(SqliteDatabase database, Func<Guid> newToken) : ITurnStore
{
    private const int Reach = 32;

    private sealed record Workspace(long Key, string Id, double Pass, double Weight, int? MaxParallel, IReadOnlyList<string> ReadyActions, int Running)
    {
        public int Room(int slots) => MaxParallel is { } limit ? Math.Min(slots, limit - Running) : slots;
    }

    private readonly record struct Head(Guid Id, double Rank, string Action);

    public Task<TurnResult> TakeAsync(TurnRequest request, CancellationToken cancellationToken) =>
        database.WriteAsync(session => TakeAsync(session, request), cancellationToken);

    private async Task<TurnResult> TakeAsync(Session session, TurnRequest request)
    {
        var workspaces = await session.QueryAsync(
            "list_dispatchable",
            Read,
            Parameter.TextList("@actions", [.. request.Actions.Select(action => action.Action)]),
            Parameter.Integer("@reach", Reach + 1)).ConfigureAwait(false);
        var clock = await session.FindAsync("find_virtual_time", static row => row.Real("virtual_time")).ConfigureAwait(false);

        // Who was kept from taking part (paused, at its limit, not served here) comes back without the credit of that time.
        workspaces = workspaces.ConvertAll(workspace => workspace with { Pass = FairShare.Join(workspace.Pass, clock, request.Slots, workspace.Weight) });
        var beyondReach = workspaces.Count > Reach;
        if (beyondReach)
        {
            workspaces.RemoveAt(Reach);
        }

        var heads = new List<List<Head>>(workspaces.Count);
        foreach (var workspace in workspaces)
        {
            heads.Add(await ReadHeadsAsync(session, workspace, request).ConfigureAwait(false));
        }

        var chosen = Choose(request, workspaces, heads);
        var now = await session.NowAsync().ConfigureAwait(false);
        var claimed = new List<ClaimedTask>();
        for (var i = 0; i < workspaces.Count; i++)
        {
            foreach (var head in chosen[i])
            {
                claimed.Add(await ClaimAsync(session, workspaces[i], head, request, now).ConfigureAwait(false));
            }

            await WriteBackAsync(session, workspaces[i], request, chosen[i].Count).ConfigureAwait(false);
        }

        if (claimed.Count > 0)
        {
            var start = workspaces
                .Select((workspace, i) => (workspace, Grants: chosen[i].Count))
                .Where(turn => turn.Grants > 0)
                .Max(turn => FairShare.Advance(turn.workspace.Pass, turn.Grants - 1, turn.workspace.Weight));
            await session.ExecuteAsync("set_virtual_time", Parameter.Real("@virtual_time", FairShare.VirtualTime(clock, start))).ConfigureAwait(false);
        }

        return new TurnResult(claimed, beyondReach);
    }

    private static async Task<List<Head>> ReadHeadsAsync(Session session, Workspace workspace, TurnRequest request)
    {
        var heads = new List<Head>();
        var room = workspace.Room(request.Slots);
        foreach (var (action, free) in request.Actions.Where(action => room > 0 && workspace.ReadyActions.Contains(action.Action)))
        {
            heads.AddRange(await session.QueryAsync(
                "list_head",
                row => new Head(row.Id("id"), row.Real("rank"), action),
                Parameter.BigInteger("@workspace_key", workspace.Key),
                Parameter.Text("@action", action),
                Parameter.Integer("@limit", Math.Min(room, free))).ConfigureAwait(false));
        }

        heads.Sort(static (left, right) => (left.Rank, left.Id).CompareTo((right.Rank, right.Id)));
        return heads;
    }

    /// <summary>Grants slots by fair share, within each workspace's room and each action's capacity.</summary>
    private static List<Head>[] Choose(TurnRequest request, List<Workspace> workspaces, List<List<Head>> heads)
    {
        var free = request.Actions.ToDictionary(action => action.Action, action => action.Free);
        var room = workspaces.Select(workspace => workspace.Room(request.Slots)).ToArray();
        var next = new int[workspaces.Count];
        var chosen = workspaces.Select(static _ => new List<Head>()).ToArray();
        FairShare.Allot(
            request.Slots,
            [.. workspaces.Select((workspace, i) => new FairShareCandidate(workspace.Pass, workspace.Weight, heads[i].Count))],
            index =>
            {
                var head = heads[index][next[index]++];
                if (room[index] == 0 || free[head.Action] == 0)
                {
                    return false;
                }

                room[index]--;
                free[head.Action]--;
                chosen[index].Add(head);
                return true;
            });
        return chosen;
    }

    private async Task<ClaimedTask> ClaimAsync(Session session, Workspace workspace, Head head, TurnRequest request, DateTimeOffset now)
    {
        var token = newToken();
        var input = await session.FindAsync("find_input", static row => row.Bytes("input"), Parameter.Id("@id", head.Id)).ConfigureAwait(false);
        return (await session.FindAsync(
            "claim_task",
            row => new ClaimedTask
            {
                Lease = new LeaseId(head.Id, token),
                WorkspaceKey = workspace.Key,
                Workspace = workspace.Id,
                Action = head.Action,
                Attempt = row.Integer("attempt"),
                MaxAttempts = row.Integer("max_attempts"),
                TimeoutMs = row.Integer("timeout_ms"),
                DeadlineAt = row.TimeOrNull("deadline_at"),
                TimeToDeadline = row.SpanOrNull("to_deadline"),
                Waited = row.Span("waited"),
                Input = input,
            },
            Parameter.Id("@id", head.Id),
            Parameter.Id("@token", token),
            Parameter.Id("@silo", request.SiloId),
            Parameter.Span("@lease", request.LeaseDuration),
            Parameter.Time("@now", now)).ConfigureAwait(false))!;
    }

    /// <summary>Advances the workspace's pass, and parks what a turn with slots to spare found empty or at its limit.</summary>
    private static async Task WriteBackAsync(Session session, Workspace workspace, TurnRequest request, int claimed)
    {
        var ready = new List<string>();
        foreach (var action in workspace.ReadyActions)
        {
            if (request.Actions.All(offered => offered.Action != action)
                || await session.AnyAsync(
                    "list_head",
                    Parameter.BigInteger("@workspace_key", workspace.Key),
                    Parameter.Text("@action", action),
                    Parameter.Integer("@limit", 1)).ConfigureAwait(false))
            {
                ready.Add(action);
            }
        }

        await session.ExecuteAsync(
            "set_turn_result",
            Parameter.BigInteger("@key", workspace.Key),
            Parameter.Real("@pass", FairShare.Advance(workspace.Pass, claimed, workspace.Weight)),
            Parameter.TextList("@ready_actions", ready),
            Parameter.Flag("@at_limit", workspace.MaxParallel is { } limit && workspace.Running + claimed >= limit)).ConfigureAwait(false);
    }

    private static Workspace Read(Row row) => new(
        row.BigInteger("key"),
        row.Text("id"),
        row.Real("pass"),
        row.Real("weight"),
        row.IntegerOrNull("max_parallel"),
        row.TextList("ready_actions"),
        row.Integer("running"));
}
