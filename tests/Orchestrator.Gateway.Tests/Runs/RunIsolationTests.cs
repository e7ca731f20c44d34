using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Gateway.Security;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Runs;

public sealed class RunIsolationTests
{
    [Fact]
    public async Task Run_OfAnotherWorkspace_IsNotFound()
    {
        var resolver = new FakeCallers();
        await using var gateway = await TestGateway.StartAsync(builder => builder.Services.AddSingleton<ICallerResolver>(resolver));
        var (mine, other) = (await gateway.NewWorkspaceAsync(), await gateway.NewWorkspaceAsync());
        var name = await gateway.PublishAsync("steps: [{ id: a, action: generation.echo, approval: { question: ok } }]");
        var own = await gateway.StartAsync(name, new { workspace = mine });
        var foreign = await gateway.StartAsync(name, new { workspace = other });
        resolver.Caller = CallerContext.Of(mine);

        await gateway.GetAsync($"/api/v1/runs/{own}");
        foreach (var path in new[] { "", "?wait=1", "/events", "/steps/a" })
        {
            Assert.Equal("run-not-found", (await gateway.GetAsync($"/api/v1/runs/{foreign}{path}", 404)).Problem);
        }

        foreach (var (path, body) in new[]
        {
            ("abort", "{}"), ("replay", "{\"fromStep\":\"a\"}"), ("steps/a/retry", "{}"), ("steps/a/skip", "{\"output\":1}"), ("steps/a/approve", "{\"decision\":\"continue\"}"),
        })
        {
            Assert.Equal("run-not-found", (await gateway.PostAsync($"/api/v1/runs/{foreign}/{path}", body, 404)).Problem);
        }

        Assert.Equal("workspace-not-found", (await gateway.GetAsync($"/api/v1/workspaces/{other}/runs", 404)).Problem);
        Assert.Equal("workspace-not-found", (await gateway.PostAsync($"/api/v1/definitions/test/{name}/runs", new { workspace = other }, 404)).Problem);
        Assert.Equal("workspace-not-found", (await gateway.PostAsync($"/api/v1/definitions/test/{name}/runs", null, 404)).Problem);
        resolver.Caller = CallerContext.Everyone;
        Assert.Equal("started", (await gateway.GetAsync($"/api/v1/runs/{foreign}")).Body.Status());
    }
}
