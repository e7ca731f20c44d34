using System.Globalization;
using Orchestrator.Storage;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Cluster.Tests;

/// <summary>Schedules on three silos of which one is killed.</summary>
public sealed class ScheduleTests
{
    /// <summary>How long the schedules run, in seconds.</summary>
    private const string SecondsVariable = "ORCHESTRATOR_TEST_SCHEDULE_SECONDS";

    private const int DefaultSeconds = 24;
    private const int Schedules = 5;
    private const int LatencyMs = 1_500;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static int Seconds => int.Parse(Environment.GetEnvironmentVariable(SecondsVariable) ?? $"{DefaultSeconds}", CultureInfo.InvariantCulture);

    [PostgresFact]
    public async Task Kill_OneOfThreeSilosUnderSchedulesOfASecond_FiresEachSecondOnce()
    {
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString));
        await using var first = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString, ("Silo:Name", "first")));
        await using var second = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString, ("Silo:Name", "second")));
        await using var third = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString, ("Silo:Name", "third")));
        var api = new Api(gateway);
        string[] ids = [.. Enumerable.Range(0, Schedules).Select(number => $"s-{number}")];
        foreach (var id in ids)
        {
            await api.CreateScheduleAsync(id, LatencyMs);
        }

        await WaitForFiresAsync(Seconds / 2);
        await KillWhoHasJustStartedATaskAsync();
        await WaitForFiresAsync(Seconds);
        foreach (var id in ids)
        {
            await api.PauseScheduleAsync(id);
        }

        var fires = await schema.QueryAsync<string>(
            "select s.id || ' ' || cast(extract(epoch from f.fire_at - s.anchor_at) as numeric(12, 6)) || ' ' || f.task_id from schedule_fires f join schedules s on s.key = f.schedule_key order by f.fire_at");
        await api.WaitForCountAsync("completed", fires.Count, Limit);
        foreach (var schedule in fires.Select(fire => fire.Split(' ')).GroupBy(fire => fire[0], fire => decimal.Parse(fire[1], CultureInfo.InvariantCulture)))
        {
            Assert.Equal(Enumerable.Range(1, schedule.Count()).Select(number => (decimal)number), schedule);
            Assert.InRange(schedule.Count(), Seconds, int.MaxValue);
        }

        var tasks = await api.ListTasksAsync("default");
        Assert.Equal(fires.Select(fire => Guid.Parse(fire.Split(' ')[2])).Order(), tasks.Select(task => task["id"]!.GetValue<Guid>()).Order());
        Assert.All(tasks, task => Assert.Equal("completed", task["status"]!.GetValue<string>()));
        Assert.True(tasks.Any(task => task["attempt"]!.GetValue<int>() > 1), "The kill left no trace: no task needed a second attempt.");
        await using var store = StoreFactory.Open(new StoreOptions { ConnectionString = schema.ConnectionString }, TimeProvider.System);
        Assert.Equal([], await store.Invariants.CheckAsync(CancellationToken.None));

        async Task KillWhoHasJustStartedATaskAsync()
        {
            IReadOnlyList<string> busy = [];
            await Eventually.TrueAsync(
                async () => (busy = await schema.QueryAsync<string>(
                    "select s.name from tasks t join silos s on s.id = t.lease_silo where t.status = 'processing' and t.started_at > orc_now() - interval '500 ms' limit 1")).Count > 0,
                Limit,
                () => "No silo runs a task.");
            await (busy[0] == "first" ? first : busy[0] == "second" ? second : third).KillAsync();
        }

        Task WaitForFiresAsync(int each) => Eventually.TrueAsync(
            async () => (await schema.QueryAsync<long>("select count(*) from schedule_fires group by schedule_key")) is { Count: Schedules } counts && counts.All(count => count >= each),
            Limit + TimeSpan.FromSeconds(Seconds),
            () => $"Some schedule has fired less than {each} times.");
    }
}
