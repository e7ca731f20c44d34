using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.Runtime.Options;
using Orchestrator.TestKit;
using Orchestrator.Workers;

namespace Orchestrator.Gateway.Tests.Api;

public sealed class CircuitTests
{
    private const string Simulated = "generation.simulated";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Execute_ProviderThatFails_HasTasksWaitUntilItsCircuitIsReset()
    {
        await using var gateway = await TestGateway.StartAsync(
            builder => builder.Services.AddSampleWorkers().Configure<ActionOptions>(Simulated, options => options.Provider = "stub"));
        var id = await gateway.NewWorkspaceAsync(new { fuses = new { circuitBreaker = new { failures = 2 } } });
        var failing = await gateway.SubmitAsync(id, new { action = Simulated, maxAttempts = 2, input = new { errorRate = 1 } });
        Assert.Equal("failed", (await gateway.WaitAsync(failing)).GetProperty("status").GetString());
        await Eventually.TrueAsync(async () => await StateAsync(gateway, id) == "open", Limit, () => "The circuit is not open.");

        var held = await gateway.SubmitAsync(id, new { action = Simulated, input = new { latencyMs = 1 } });

        await Eventually.TrueAsync(
            async () => (await gateway.GetAsync($"/api/v1/tasks/{held}/why")).Text("code") == "waiting_for_provider", Limit, () => "The task does not wait for its provider.");
        var why = (await gateway.GetAsync($"/api/v1/tasks/{held}/why")).Body;
        Assert.Contains("provider stub", why.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("circuitBreaker", why.GetProperty("message").GetString(), StringComparison.Ordinal);
        var task = (await gateway.GetAsync($"/api/v1/tasks/{held}")).Body;
        Assert.Equal(("waiting", "provider"), (task.GetProperty("status").GetString(), task.GetProperty("waitingFor").GetString()));
        var fuse = await FuseAsync(gateway, id);
        Assert.Equal(("tripped", 1), (fuse.GetProperty("state").GetString(), fuse.GetProperty("trips").GetInt32()));
        var circuit = fuse.GetProperty("circuits")[0];
        Assert.Equal(("stub", 2), (circuit.GetProperty("provider").GetString(), circuit.GetProperty("failures").GetInt32()));
        Assert.Equal(circuit.GetProperty("since").GetDateTimeOffset().AddSeconds(30), circuit.GetProperty("nextProbeAt").GetDateTimeOffset());
        Assert.Equal(circuit.GetProperty("nextProbeAt").GetDateTimeOffset(), why.GetProperty("reasons")[0].GetProperty("until").GetDateTimeOffset());

        await gateway.PostAsync($"/api/v1/workspaces/{id}/fuses/circuitBreaker/reset");

        Assert.Equal("completed", (await gateway.WaitAsync(held)).GetProperty("status").GetString());
        Assert.Equal(("closed", "closed"), ((await FuseAsync(gateway, id)).GetProperty("state").GetString(), await StateAsync(gateway, id)));
    }

    private static async Task<JsonElement> FuseAsync(TestGateway gateway, string workspace) =>
        (await gateway.GetAsync($"/api/v1/workspaces/{workspace}")).Body.GetProperty("fuseStates").GetProperty("circuitBreaker");

    private static async Task<string?> StateAsync(TestGateway gateway, string workspace) =>
        (await FuseAsync(gateway, workspace)).GetProperty("circuits").EnumerateArray().Select(circuit => circuit.GetProperty("state").GetString()).SingleOrDefault();
}
