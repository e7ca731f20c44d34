using System.Diagnostics;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Cluster.Tests;

/// <summary>Who gets the slots of several silos: workspaces by their weight, short work beside long work.</summary>
[Collection(TimedGroup.Name)]
public sealed class SharesTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [PostgresFact]
    public async Task Flood_OfOneHeavyWorkspaceBesideNineSmallOnes_LeavesEachItsShareAndAShortWait()
    {
        const int Flood = 100_000;
        const int Backlog = 4_500;
        string[] small = [.. Enumerable.Range(1, 9).Select(number => $"small-{number}")];
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString));
        var api = new Api(gateway);
        await api.CreateWorkspaceAsync("big", weight: 3);
        for (var loaded = 0; loaded < Flood; loaded += 10_000)
        {
            await api.SubmitSimulatedAsync("big", 10_000, latencyMs: 2);
        }

        foreach (var workspace in small)
        {
            await api.CreateWorkspaceAsync(workspace);
            await api.SubmitSimulatedAsync(workspace, Backlog, latencyMs: 2);
        }

        await using var first = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString, ("Silo:Slots", "16")));
        await using var second = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString, ("Silo:Slots", "16")));
        // A turn may lease some hundreds at once, so fewer would say little.
        await api.WaitForCountAsync("completed", 36_000, Limit);

        // One snapshot of all, while each has more to do.
        var shares = (await schema.QueryAsync<string>(
            "select w.id || ' ' || count(f.id) from workspaces w join finished_tasks f on f.workspace_key = w.key group by w.id"))
            .Select(row => row.Split(' ')).ToDictionary(parts => parts[0], parts => int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(10, shares.Count);
        var all = shares.Values.Sum();
        foreach (var (workspace, count) in shares)
        {
            var expected = all * (workspace == "big" ? 3 : 1) / 12.0;
            Assert.InRange(count, 0.95 * expected, 1.05 * expected);
            Assert.True(workspace == "big" || count < Backlog, $"{workspace} has nothing left, so the shares say nothing.");
        }

        // Once they have worked off what they had, a new task of a small one waits for nobody's backlog.
        await api.WaitForCountAsync("completed", 12 * Backlog, Limit);
        var waits = new List<TimeSpan>();
        for (var round = 0; round < 5; round++)
        {
            foreach (var workspace in small)
            {
                var task = await api.GetTaskAsync(Assert.Single(await api.SubmitSimulatedAsync(workspace, 1, latencyMs: 2)), waitSeconds: 30);
                waits.Add(task["startedAt"]!.GetValue<DateTimeOffset>() - task["createdAt"]!.GetValue<DateTimeOffset>());
            }
        }

        Assert.True(await api.CountAsync("queued") > 1_000, "The flood was over before the small ones had been measured.");
        Assert.InRange(waits.Order().ElementAt(waits.Count * 95 / 100), TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [PostgresFact]
    public async Task LongTasks_ThatFillTwoSilos_LetAShortTaskOfAnotherActionStartWithinASecond()
    {
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString));
        await using var first = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString));
        await using var second = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString));
        var api = new Api(gateway);
        await api.SubmitSimulatedAsync("default", 200, latencyMs: 30_000);

        // All that long-running work may have of 2 × 64 slots.
        await api.WaitForCountAsync("processing", 112, Limit);
        for (var i = 0; i < 10; i++)
        {
            var submitted = Stopwatch.StartNew();
            var task = await api.GenerateAsync("summary", new System.Text.Json.Nodes.JsonObject { ["text"] = "One sentence. Another one.", ["maxSentences"] = 1 });
            Assert.Equal("completed", task["status"]!.GetValue<string>());
            Assert.InRange(submitted.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        }

        Assert.Equal(112, await api.CountAsync("processing"));
    }

    [PostgresFact]
    public async Task Submit_BesideTwentyThousandQueuedTasks_StartsWithinASecond()
    {
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString));
        await using var silo = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString));
        var api = new Api(gateway);
        await api.CreateWorkspaceAsync("flood");
        await api.CreateWorkspaceAsync("second");
        await api.SubmitSimulatedAsync("flood", 10_000, latencyMs: 200);
        await api.SubmitSimulatedAsync("flood", 10_000, latencyMs: 200);
        await api.WaitForCountAsync("processing", 64, Limit);

        for (var i = 0; i < 5; i++)
        {
            var id = Assert.Single(await api.SubmitSimulatedAsync("second", 1, latencyMs: 1));
            var task = await api.GetTaskAsync(id, waitSeconds: 30);
            Assert.Equal("completed", task["status"]!.GetValue<string>());
            var waited = task["startedAt"]!.GetValue<DateTimeOffset>() - task["createdAt"]!.GetValue<DateTimeOffset>();
            Assert.InRange(waited, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        }

        Assert.True(await api.CountAsync("queued") > 10_000, "The flood was over before the second workspace was measured.");
    }
}
