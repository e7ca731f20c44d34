using System.Text.Json;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Api;

public sealed class UsageTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    [Fact]
    public async Task GetUsage_AttemptsThatFailAndComplete_AreInTheTotalAndTheDay()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var before = (await gateway.GetAsync($"/api/v1/workspaces/{workspace}/usage")).Body;
        await EndAsync(workspace, "complete", """{"result": 1, "usage": {"inputTokens": 3, "outputTokens": 2, "cachedTokens": 1, "reasoningTokens": 1, "cost": 0.25}}""");
        await EndAsync(workspace, "fail", """{"code": "worker_error", "message": "no", "retryable": false, "usage": {"inputTokens": 4, "cost": 0.5}}""");

        var usage = (await gateway.GetAsync($"/api/v1/workspaces/{workspace}/usage")).Body;

        Assert.Equal("""{"total":{"inputTokens":0,"outputTokens":0,"cachedTokens":0,"reasoningTokens":0,"cost":0},"days":[]}""", before.GetRawText());
        AssertUsed(usage.GetProperty("total"));
        var days = usage.GetProperty("days").EnumerateArray().ToList();
        Assert.InRange(DateOnly.ParseExact(days[0].GetProperty("day").GetString()!, "yyyy-MM-dd"), DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-1), DateOnly.FromDateTime(DateTime.UtcNow));
        if (days.Count == 1)
        {
            AssertUsed(days[0]);
        }
    }

    [Fact]
    public async Task GetUsage_NoSuchWorkspace_Is404() =>
        Assert.Equal("workspace-not-found", (await gateway.GetAsync("/api/v1/workspaces/nobody/usage", 404)).Problem);

    private static void AssertUsed(JsonElement usage)
    {
        Assert.Equal((7, 2, 1, 1), (Count("inputTokens"), Count("outputTokens"), Count("cachedTokens"), Count("reasoningTokens")));
        Assert.Equal(0.75m, usage.GetProperty("cost").GetDecimal());

        int Count(string name) => usage.GetProperty(name).GetInt32();
    }

    private async Task EndAsync(string workspace, string how, string body)
    {
        var action = $"usage.{Guid.NewGuid():N}";
        var id = await gateway.SubmitAsync(workspace, new { action });
        var leases = (await gateway.PostAsync("/api/v1/leases", new { actions = new[] { action }, waitMs = 10_000 })).Body.GetProperty("leases");
        await gateway.PostAsync($"/api/v1/leases/{leases[0].GetProperty("token").GetString()}/{how}", body);
        await gateway.WaitAsync(id);
    }
}
