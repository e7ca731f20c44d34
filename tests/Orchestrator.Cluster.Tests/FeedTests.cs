using Orchestrator.TestKit;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Cluster.Tests;

/// <summary>The live feed of a gateway that executes nothing itself.</summary>
public sealed class FeedTests
{
    [PostgresFact]
    public async Task Feed_WorkAndLossOfAnotherProcess_IsToldAsTheHistoriesTellIt()
    {
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString));
        await using var silo = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString));
        var api = new Api(gateway);
        await using var feed = await FeedSocket.OpenAsync(gateway.Client.BaseAddress!);
        await feed.ReadUntilAsync("stats");
        var quick = await api.SubmitSimulatedAsync("default", 20, latencyMs: 1);

        var left = quick.ToHashSet();
        var told = await feed.ReadUntilAsync(message =>
            FeedSocket.TypeOf(message) == "task-completed" && left.Remove(message.GetProperty("taskId").GetGuid()) && left.Count == 0);

        foreach (var id in quick)
        {
            var history = await api.GetEventsAsync(id);
            var ofTask = told.Where(message => message.GetProperty("taskId").ToString() == id.ToString()).ToList();
            Assert.Equal(history.Select(item => item["seq"]!.GetValue<long>()), ofTask.Select(message => message.GetProperty("seq").GetInt64()));
            Assert.Equal(history.Select(item => item["type"]!.GetValue<string>().Replace("task.completed", "task-completed", StringComparison.Ordinal)), ofTask.Select(FeedSocket.TypeOf));
        }

        var lost = Assert.Single(await api.SubmitSimulatedAsync("default", 1, latencyMs: 60_000));
        await feed.ReadUntilAsync("task.processing");
        await silo.KillAsync();
        await using var next = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString));

        var missed = await feed.ReadUntilAsync("heartbeat-missed");
        Assert.Equal(lost, missed[^1].GetProperty("taskId").GetGuid());
        await feed.ReadUntilAsync("task-retry");
    }
}
