using System.Text.Json;
using Orchestrator.Core.Schedules;
using Orchestrator.Storage.Schedules;

namespace Orchestrator.Storage.Relational;

internal sealed class ScheduleStore(IDatabase database, SubmissionStore submissions) : IScheduleStore
{
    public Task<ScheduleCreation> CreateAsync(Func<DateTimeOffset, ScheduleRecord> create, CancellationToken cancellationToken) =>
        database.WriteAsync<ScheduleCreation>(
            async session =>
            {
                var schedule = create(await session.NowAsync().ConfigureAwait(false));

                // The workspace's row is held, so that it is not deleted before the schedule is seen.
                var workspace = await session.FindAsync<long?>(
                    "share_workspaces_by_id", static row => row.BigInteger("key"), Parameter.TextList("@ids", [schedule.Workspace])).ConfigureAwait(false);
                if (workspace is null)
                {
                    return new ScheduleCreation.WorkspaceNotFound();
                }

                var inserted = await session.ExecuteAsync(
                    "insert_schedule",
                    [Parameter.Text("@id", schedule.Id), Parameter.BigInteger("@workspace_key", workspace), .. SettingsOf(schedule)]).ConfigureAwait(false);
                return inserted == 0
                    ? new ScheduleCreation.IdTaken()
                    : new ScheduleCreation.Created((await FindAsync(session, schedule.Id).ConfigureAwait(false))!);
            },
            cancellationToken);

    public Task<ScheduleRecord?> FindAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(session => FindAsync(session, id), cancellationToken);

    public async Task<IReadOnlyList<ScheduleRecord>> ListAsync(string? workspace, string? after, int limit, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            session => session.QueryAsync(
                "list_schedules",
                ScheduleColumns.Read,
                Parameter.Text("@workspace", workspace),
                Parameter.Text("@after", after ?? string.Empty),
                Parameter.Integer("@limit", limit)),
            cancellationToken).ConfigureAwait(false);

    public Task<ScheduleRecord?> UpdateAsync(
        string id, Func<ScheduleRecord, DateTimeOffset, ScheduleRecord> change, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                if (await session.FindAsync("lock_schedule", ScheduleColumns.Read, Parameter.Text("@id", id)).ConfigureAwait(false) is not { } before)
                {
                    return null;
                }

                var after = change(before, await session.NowAsync().ConfigureAwait(false));
                await session.ExecuteAsync("update_schedule", [Parameter.Text("@id", id), .. SettingsOf(after)]).ConfigureAwait(false);
                return await FindAsync(session, id).ConfigureAwait(false);
            },
            cancellationToken);

    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                var parameter = Parameter.Text("@id", id);
                await session.FindAsync("lock_schedule", ScheduleColumns.Read, parameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_schedule_fires", parameter).ConfigureAwait(false);
                return await session.ExecuteAsync("delete_schedule", parameter).ConfigureAwait(false) > 0;
            },
            cancellationToken);

    public async Task<IReadOnlyList<ScheduleFire>> FireDueAsync(
        int limit, Func<ScheduleRecord, DateTimeOffset, FirePlan?> plan, CancellationToken cancellationToken) =>
        await submissions.Cap.RunAsync((session, room) => new ScheduleFiring(session, submissions, room, plan).FireDueAsync(limit), cancellationToken).ConfigureAwait(false);

    public Task<TimeSpan?> FindNextDueAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.FindAsync("next_schedule_due", static row => row.SpanOrNull("due")), cancellationToken);

    private static Task<ScheduleRecord?> FindAsync(Session session, string id) =>
        session.FindAsync("find_schedule", ScheduleColumns.Read, Parameter.Text("@id", id));

    private static Parameter[] SettingsOf(ScheduleRecord schedule) =>
    [
        Parameter.Text("@cron", schedule.Cron),
        Parameter.Text("@time_zone", schedule.TimeZone),
        Parameter.BigInteger("@interval_ms", schedule.IntervalMs),
        Parameter.Time("@anchor_at", schedule.AnchorAt),
        Parameter.Text("@missed_fires", schedule.MissedFires.ToName()),
        Parameter.Flag("@paused", schedule.Paused),
        Parameter.Text("@task", JsonSerializer.Serialize(schedule.Task with { Input = default }, StorageJson.Default.NewTask)),
        Parameter.Bytes("@input", schedule.Task.Input),
        Parameter.Time("@next_fire_at", schedule.NextFireAt),
    ];
}
