using Orchestrator.Gateway.Tests.Support;
using Orchestrator.TestKit;
using Orchestrator.Workers;

namespace Orchestrator.Gateway.Tests.Dashboard;

public sealed class ClusterPagesTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    private const string Hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&\u202eمرحبا 🚀";

    [Fact]
    public async Task Get_PagesOfNounsWithHostileTexts_ShowThemAsText()
    {
        var workspace = await gateway.NewWorkspaceAsync(new { name = Hostile, goal = Hostile });
        await gateway.PutAsync("/api/v1/agents/hostile", new { instructions = Hostile, description = Hostile, model = "test/model", mcpServers = new[] { new { name = "files", url = "https://example.com/?q=<b>", headers = new { Authorization = "Bearer hidden" } } } }, 201);
        await gateway.PostAsync("/api/v1/schedules", new { id = workspace, workspace, intervalMs = 3_600_000, task = new { action = "generation.echo", name = Hostile, input = new { text = Hostile } } }, 201);
        var webhook = await gateway.PostAsync("/api/v1/webhooks", new { workspace, url = "https://93.184.215.14/hook", types = new[] { "fuse.reset" }, description = Hostile }, 201);

        foreach (var path in new[] { "workspaces", $"workspaces/{workspace}", "agents", "agents/hostile", $"schedules/{workspace}", "webhooks", $"webhooks/{webhook.Text("id")}" })
        {
            var html = await gateway.Client.GetStringAsync(new Uri($"/observability/{path}", UriKind.Relative));
            Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<img src=x", html, StringComparison.Ordinal);
            Assert.DoesNotContain("Bearer hidden", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Get_WorkspaceWhoseFuseTripped_SaysWhyAndOffersToResetIt()
    {
        var workspace = await gateway.NewWorkspaceAsync(new { fuses = new { antiLoop = new { maxExecutions = 1, countAll = true } } });
        await gateway.WaitAsync(await gateway.SubmitAsync(workspace, new { action = "generation.echo", input = new { } }));
        await gateway.SubmitAsync(workspace, new { action = "generation.echo", input = new { } });

        var html = await PageWithAsync($"workspaces/{workspace}", "<b>Anti-loop</b> tripped");
        Assert.Contains("More than 1 execution in 300 s.", html, StringComparison.Ordinal);
        Assert.Contains($"data-send=\"POST workspaces/{workspace}/fuses/antiLoop/reset\"", html, StringComparison.Ordinal);
        Assert.Contains($"data-send=\"POST workspaces/{workspace}/resume\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WorkspaceWhoseBudgetIsSpent_SaysThatAHigherLimitFreesItToo()
    {
        await using var own = await TestGateway.StartAsync(static builder => builder.Services.AddSampleWorkers());
        var workspace = await own.NewWorkspaceAsync(new { budget = new { limit = 1 } });
        await own.SubmitAsync(workspace, new { action = "generation.simulated", input = new { usage = new { cost = 2 } } });

        var html = await PageWithAsync(own, $"workspaces/{workspace}", "<b>Budget</b> tripped");
        Assert.Contains("until its limit is raised or somebody resets it", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ResourceThatATaskWaitsFor_ShowsTheTask()
    {
        await gateway.PutAsync("/api/v1/resources/page-permit", new { permits = 1 }, 201);
        var workspace = await gateway.NewWorkspaceAsync();
        var resources = new Dictionary<string, int> { ["page-permit"] = 1 };
        var holder = await gateway.SubmitAsync(workspace, new { action = GateWorker.Action, input = "page-permit", resources });
        await gateway.Gates.StartedAsync("page-permit");
        var waiter = await gateway.SubmitAsync(workspace, new { action = GateWorker.Action, input = "page-permit", resources });

        var html = await PageWithAsync($"resources/page-permit?workspace={workspace}", $"tasks/{waiter}");
        Assert.DoesNotContain($"tasks/{holder}", html, StringComparison.Ordinal);
        gateway.Gates.Open("page-permit");
    }

    private Task<string> PageWithAsync(string path, string words) => PageWithAsync(gateway, path, words);

    private static async Task<string> PageWithAsync(TestGateway gateway, string path, string words)
    {
        var html = "";
        await Eventually.TrueAsync(
            async () => (html = await gateway.Client.GetStringAsync(new Uri($"/observability/{path}", UriKind.Relative))).Contains(words, StringComparison.Ordinal),
            TimeSpan.FromSeconds(20),
            () => html);
        return html;
    }
}
