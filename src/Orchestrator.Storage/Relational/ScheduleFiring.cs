using Orchestrator.Storage.Schedules;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Relational;

/// <summary>Fires what is due within one transaction.</summary>
internal sealed class ScheduleFiring(Session session, SubmissionStore submissions, PendingRoom room, Func<ScheduleRecord, DateTimeOffset, FirePlan?> plan)
{
    private sealed record Due(long Key, ScheduleRecord Schedule);

    private sealed record Planned(Due Due, PlannedFire Fire);

    public async Task<IReadOnlyList<ScheduleFire>> FireDueAsync(int limit)
    {
        var due = await session.QueryAsync(
            "lock_due_schedules",
            static row => new Due(row.BigInteger("key"), ScheduleColumns.Read(row)),
            Parameter.Integer("@limit", limit)).ConfigureAwait(false);
        if (due.Count == 0)
        {
            return [];
        }

        var now = await session.NowAsync().ConfigureAwait(false);
        var planned = new List<Planned>();
        var plans = new List<(Due Due, FirePlan Plan)>();
        foreach (var one in due)
        {
            if (plan(one.Schedule, now) is { } what)
            {
                plans.Add((one, what));
                planned.AddRange(what.Fires.Select(fire => new Planned(one, fire)));
            }
        }

        var fires = await SubmitAsync(await ClaimAsync(planned).ConfigureAwait(false)).ConfigureAwait(false);
        var last = fires.ToLookup(fire => fire.Schedule);
        foreach (var (one, what) in plans)
        {
            await MoveOnAsync(one, what, last[one.Schedule.Id].LastOrDefault()).ConfigureAwait(false);
        }

        return fires;
    }

    /// <summary>Writes the times down under their unique key; answers those that had not been fired.</summary>
    private async Task<List<Planned>> ClaimAsync(List<Planned> planned)
    {
        var claimed = new List<Planned>(planned.Count);
        foreach (var one in planned)
        {
            var inserted = await session.ExecuteAsync(
                "insert_fire",
                Parameter.BigInteger("@schedule_key", one.Due.Key),
                Parameter.Time("@fire_at", one.Fire.At),
                Parameter.Id("@task_id", one.Fire.Task.Id)).ConfigureAwait(false);
            if (inserted > 0)
            {
                claimed.Add(one);
            }
        }

        return claimed;
    }

    private async Task<List<ScheduleFire>> SubmitAsync(List<Planned> claimed)
    {
        if (claimed.Count == 0)
        {
            return [];
        }

        var results = await submissions.SubmitAsync(
            session, [.. claimed.Select(one => new Submission(one.Due.Schedule.Workspace, [one.Fire.Task]))], room).ConfigureAwait(false);
        var fires = new List<ScheduleFire>(claimed.Count);
        for (var i = 0; i < claimed.Count; i++)
        {
            var (due, fire) = claimed[i];
            var error = results[i].Refusal;
            if (error is not null)
            {
                await session.ExecuteAsync(
                    "refuse_fire",
                    Parameter.BigInteger("@schedule_key", due.Key),
                    Parameter.Time("@fire_at", fire.At),
                    Parameter.Text("@error", error)).ConfigureAwait(false);
            }

            fires.Add(new ScheduleFire(due.Schedule.Id, fire.At, error is null ? fire.Task.Id : null, error));
        }

        return fires;
    }

    private Task<int> MoveOnAsync(Due due, FirePlan what, ScheduleFire? last) => session.ExecuteAsync(
        "move_schedule_on",
        Parameter.BigInteger("@key", due.Key),
        Parameter.Time("@next_fire_at", what.NextFireAt),
        Parameter.Time("@last_fire_at", last?.At ?? due.Schedule.LastFireAt),
        Parameter.Id("@last_task_id", last?.TaskId ?? due.Schedule.LastTaskId),
        Parameter.Text("@last_error", last is null ? due.Schedule.LastError : last.Error));
}
