using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orchestrator.Gateway.Security;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.TestKit;

namespace Orchestrator.Gateway.Tests.Dashboard;

public sealed class TroubleTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    [Fact]
    public async Task Overview_WorkThatNobodyDoes_SaysSoAndWhereToAct()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        await gateway.SubmitAsync(workspace, new { action = "nobody.serves", input = new { } });
        await gateway.PostAsync($"/api/v1/workspaces/{workspace}/pause");
        await gateway.SubmitAsync(await gateway.NewWorkspaceAsync(), new { action = "nobody.there", input = new { } });

        var html = await ReadOverviewAsync("1 task waits for nobody.there, which no silo serves.");
        var backlog = (await gateway.GetAsync("/api/v1/stats/backlog")).Body;

        Assert.Equal(1, backlog.GetProperty("unservable").GetProperty("nobody.there").GetInt64());
        Assert.Contains("href=\"workers#action-nobody.there\"", html, StringComparison.Ordinal);
        Assert.Contains("id=\"action-nobody.there\"", await gateway.Client.GetStringAsync(new Uri("/observability/workers", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains($"The workspace {workspace} is paused by hand, and has tasks that wait.", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"workspaces/{workspace}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_TaskThatAsksInOneOfManyWorkspaces_LeadsToIt()
    {
        for (var other = 0; other < 60; other++)
        {
            await gateway.NewWorkspaceAsync();
        }

        const string workspace = "zulu";
        await gateway.PostAsync("/api/v1/workspaces", new { id = workspace }, 201);
        var id = await gateway.SubmitAsync(workspace, new { action = SteeredWorker.Action, input = new { questions = new[] { "Really?" } } });

        var html = await ReadOverviewAsync($"1 task of {workspace} waits for");
        Assert.Contains($"href=\"tasks/{id}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backlog_CallerWhoMayNotSeeAll_IsNotThereAndTheOverviewDoesWithoutIt()
    {
        await using var shut = await TestGateway.StartAsync(builder => builder.Services.Replace(ServiceDescriptor.Singleton<ICallerResolver>(new FakeCallers { Caller = CallerContext.Of("default") })));

        await shut.GetAsync("/api/v1/stats/backlog", 404);

        Assert.DoesNotContain("which no silo serves", await shut.Client.GetStringAsync(new Uri("/observability", UriKind.Relative)), StringComparison.Ordinal);
    }

    // The figures of the cluster may be a moment old.
    private async Task<string> ReadOverviewAsync(string expected)
    {
        var html = "";
        await Eventually.TrueAsync(
            async () => (html = await gateway.Client.GetStringAsync(new Uri("/observability", UriKind.Relative))).Contains(expected, StringComparison.Ordinal),
            TimeSpan.FromSeconds(20),
            () => html);
        return html;
    }
}
