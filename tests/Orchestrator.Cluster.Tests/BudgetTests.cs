using Orchestrator.Storage;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Cluster.Tests;

/// <summary>Two budgets that four silos spend while some of them die.</summary>
public sealed class BudgetTests
{
    private const decimal Limit = 20;
    private static readonly TimeSpan Time = TimeSpan.FromMinutes(1);

    [PostgresFact]
    public async Task Budgets_SilosAreKilled_AreNeverExceededAndBalance()
    {
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString));
        await using var first = await StartSiloAsync(schema, "first");
        await using var second = await StartSiloAsync(schema, "second");
        await using var third = await StartSiloAsync(schema, "third");
        await using var fourth = await StartSiloAsync(schema, "fourth");
        var api = new Api(gateway);
        foreach (var workspace in new[] { "left", "right" })
        {
            await api.CreateBudgetedAsync(workspace, Limit);
            await api.SubmitPaidAsync(workspace, 200, latencyMs: 400, cost: 0.2m);
        }

        await api.WaitForCountAsync("completed", 20, Time);
        await first.KillAsync();
        await api.WaitForCountAsync("completed", 50, Time);
        await second.KillAsync();
        await Eventually.TrueAsync(async () => await IsSpentAsync(api, "left") && await IsSpentAsync(api, "right"), Time, () => "The budgets are not spent.");

        await using var store = StoreFactory.Open(new StoreOptions { ConnectionString = schema.ConnectionString }, TimeProvider.System);
        Assert.Equal([], await store.Invariants.CheckAsync(CancellationToken.None));
        var tasks = (await api.ListTasksAsync("left")).Concat(await api.ListTasksAsync("right"));
        Assert.True(
            tasks.Any(task => task["attempt"]!.GetValue<int>() > 1 || task["error"]?["code"]?.GetValue<string>() == "heartbeat_missed"),
            "The kills left no trace: no attempt was lost.");
    }

    private static Task<ServiceProcess> StartSiloAsync(IsolatedSchema schema, string name) => ServiceProcess.StartSiloAsync(
        Settings.OnPostgres(schema.ConnectionString, ("Silo:Name", name), ("Silo:Slots", "8"), ("Actions:generation.simulated:MaxCost", "0.25")));

    private static async Task<bool> IsSpentAsync(Api api, string workspace)
    {
        var record = await api.GetWorkspaceAsync(workspace);
        var (spent, reserved) = (record["budget"]!["spent"]!.GetValue<decimal>(), record["budget"]!["reserved"]!.GetValue<decimal>());
        Assert.True(spent + reserved <= Limit, $"{workspace} has spent {spent} and reserved {reserved} of {Limit}.");
        return reserved == 0 && record["pausedBy"]?.GetValue<string>() == "budget";
    }
}
