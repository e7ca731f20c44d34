using Orchestrator.Storage;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Cluster.Tests;

/// <summary>Three silos of which one has a skill at 0.9, one at 0.6 and one not at all.</summary>
public sealed class SkillTests
{
    private const int Slots = 4;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [PostgresFact]
    public async Task Skilled_TasksGoToTheBestThenToTheSecondNeverToTheThird_AlsoWhenTheBestIsKilled()
    {
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString));
        await using var none = await StartAsync(schema, "none", null);
        await using var second = await StartAsync(schema, "second", "0.6");
        await using var best = await StartAsync(schema, "best", "0.9");
        var api = new Api(gateway);

        // While the best is free, one task after the other is its own. They are not so fast that silos lease ahead.
        for (var i = 0; i < 10; i++)
        {
            var id = Assert.Single(await api.SubmitSkilledAsync("default", 1, latencyMs: 100, "law"));
            Assert.Equal(["best"], await RanOnAsync(api, [id]));
        }

        // More than the best has slots for: the first ones are still its own, the next ones go to the second.
        var burst = await api.SubmitSkilledAsync("default", 3 * Slots, latencyMs: 3_000, "law");
        await api.WaitForCountAsync("processing", 2 * Slots, Limit);
        Assert.Equal(2 * Slots, await api.CountAsync("processing"));
        Assert.Equal(0, await BusyAsync(api, "none"));

        await best.KillAsync();
        var after = await api.SubmitSkilledAsync("default", 2 * Slots, latencyMs: 50, "law");
        Assert.Equal(["second"], (await RanOnAsync(api, after)).Distinct());

        var ran = await RanOnAsync(api, burst);
        Assert.DoesNotContain("none", ran);
        Assert.Contains("second", ran);
        Assert.Contains(burst, id => api.GetTaskAsync(id).GetAwaiter().GetResult()["attempt"]!.GetValue<int>() == 2);

        // Who has no skills was there all the time, and takes what needs none.
        var plain = await api.SubmitSimulatedAsync("default", 20, latencyMs: 200);
        Assert.Contains("none", await RanOnAsync(api, plain));
        await using var store = StoreFactory.Open(new StoreOptions { ConnectionString = schema.ConnectionString }, TimeProvider.System);
        Assert.Equal([], await store.Invariants.CheckAsync(CancellationToken.None));
    }

    private static Task<ServiceProcess> StartAsync(IsolatedSchema schema, string name, string? proficiency)
    {
        (string, string)[] own = [("Silo:Name", name), ("Silo:Slots", $"{Slots}"), ("Silo:ReservedSlots", "0")];
        return ServiceProcess.StartSiloAsync(Settings.OnPostgres(
            schema.ConnectionString, proficiency is null ? own : [.. own, ($"Actions:{Api.Simulated}:Skills:law", proficiency)]));
    }

    /// <summary>The silos on which tasks have ended, each by its last attempt.</summary>
    private static async Task<IReadOnlyList<string>> RanOnAsync(Api api, IReadOnlyList<Guid> ids)
    {
        var names = (await api.ListSilosAsync()).ToDictionary(silo => silo["id"]!.GetValue<string>(), silo => silo["name"]!.GetValue<string>());
        var ran = new List<string>();
        foreach (var id in ids)
        {
            await Eventually.TrueAsync(
                async () => (await api.GetTaskAsync(id, waitSeconds: 30))["status"]!.GetValue<string>() == "completed", Limit, () => $"{id} did not complete.");
            var starts = (await api.GetEventsAsync(id)).Where(item => item["type"]!.GetValue<string>() == "task.processing");
            var silo = starts.Last()["data"]!["silo"]!.GetValue<string>();
            ran.Add(names.GetValueOrDefault(silo, silo));
        }

        return ran;
    }

    private static async Task<int> BusyAsync(Api api, string name) =>
        (await api.ListSilosAsync()).Single(silo => silo["name"]!.GetValue<string>() == name)["busy"]!.GetValue<int>();
}
