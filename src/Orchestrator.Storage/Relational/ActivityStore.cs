using Orchestrator.Core.Scheduling;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Activity;

namespace Orchestrator.Storage.Relational;

internal sealed class ActivityStore(IDatabase database) : IActivityStore
{
    public Task<PollingTier> FindTierAsync(TimeSpan lowAfter, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.FindAsync("find_activity", Read, Parameter.Span("@low_after", lowAfter)), cancellationToken);

    public Task<Workload> ReadWorkloadAsync(int most, CancellationToken cancellationToken) =>
        database.ReadAsync(session => ReadWorkloadAsync(session, Parameter.Integer("@most", most)), cancellationToken);

    private static async Task<Workload> ReadWorkloadAsync(Session session, Parameter most)
    {
        var tasks = await session.QueryAsync(
            "count_live_tasks",
            static row => (
                State: TaskStateNames.Parse(row.Text("status")),
                Reason: row.TextOrNull("waiting_for") is { } reason ? Enum.Parse<WaitingFor>(reason, ignoreCase: true) : default(WaitingFor?),
                Count: row.BigInteger("tasks")),
            most).ConfigureAwait(false);
        var questions = await session.QueryAsync(
            "count_questions", static row => (Workspace: row.Text("id"), Tasks: row.BigInteger("tasks"), Runs: row.BigInteger("runs")), most).ConfigureAwait(false);
        var workspaces = await session.QueryAsync(
            "count_workspaces",
            static row => (IsPaused: row.Flag("paused"), Fuse: row.TextOrNull("paused_by"), Count: row.BigInteger("workspaces"))).ConfigureAwait(false);
        var circuits = await session.QueryAsync(
            "count_open_circuits", static row => (Provider: row.Text("provider"), Count: row.BigInteger("workspaces"))).ConfigureAwait(false);
        return new Workload
        {
            Tasks = tasks.GroupBy(static part => part.State).ToDictionary(static state => state.Key, static state => state.Sum(static part => part.Count)),
            Waiting = tasks.Where(static part => part.Reason is not null).ToDictionary(static part => part.Reason!.Value, static part => part.Count),
            TasksAsking = questions.Where(static part => part.Tasks > 0).ToDictionary(static part => part.Workspace, static part => part.Tasks, StringComparer.Ordinal),
            RunsAsking = questions.Where(static part => part.Runs > 0).ToDictionary(static part => part.Workspace, static part => part.Runs, StringComparer.Ordinal),
            Ready = await session.QueryAsync("list_ready_work", ReadReady, most).ConfigureAwait(false),
            Workspaces = workspaces.Sum(static part => part.Count),
            PausedByHand = workspaces.Where(static part => part is { IsPaused: true, Fuse: null }).Sum(static part => part.Count),
            PausedByFuse = workspaces.Where(static part => part.Fuse is not null).ToDictionary(static part => part.Fuse!, static part => part.Count, StringComparer.Ordinal),
            OpenCircuits = circuits.ToDictionary(static part => part.Provider, static part => part.Count, StringComparer.Ordinal),
        };
    }

    private static PollingTier Read(Row row) =>
        row.Flag("runs") || row.Flag("has_high") ? PollingTier.High
        : !row.Flag("is_open") ? PollingTier.Maintenance
        : row.Flag("is_recent") ? PollingTier.Normal
        : PollingTier.Low;

    private static ReadyLane ReadReady(Row row) => new(
        row.BigInteger("key"), row.Text("lane"), row.BigInteger("tasks"), row.BigIntegerOrNull("room") is { } room ? Math.Max(0, room) : null, row.Flag("short_of_money"));
}
