using Orchestrator.Dashboard.Tests.Browser;
using Orchestrator.Dashboard.Tests.Hands;
using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests.Frame;

/// <summary>The dashboard behind a proxy, under a path that the gateway knows nothing of.</summary>
[Collection(DashboardGroup.Name)]
public sealed class PrefixTests(DashboardFixture dashboard)
{
    private const string Prefix = "/team-a/orchestrator";

    [BrowserFact]
    public async Task Pages_UnderAPrefix_LeadToEachOtherActAndAreLive()
    {
        var workspace = await dashboard.CreateWorkspaceAsync("prefix");
        var id = await dashboard.SubmitAsync(workspace, "Far away");
        await using var proxy = await PrefixProxy.StartAsync(dashboard.Address, Prefix);
        await Visit.RunAsync(dashboard.Browser, new Uri(proxy.Address, $"{Prefix}/observability/"), "", async page =>
        {
            var hand = Hand.Of(With.Mouse, page);
            await hand.GoToAsync("Tasks");
            await hand.SearchAsync($"workspace:{workspace}");
            await hand.OpenRowAsync("Far away");
            await Expect(page.Live()).ToHaveTextAsync("live");
            var work = await dashboard.TakeAsync(workspace);
            await work.SayAsync("Hello");
            await Expect(page.Output()).ToHaveTextAsync("Hello");
            await Expect(page.StateOf("Far away")).ToHaveTextAsync("processing");
            await hand.PressAsync("Cancel…");
            await hand.ConfirmAsync("Cancel the task");
            await Expect(page.StateOf("Far away")).ToHaveTextAsync("cancelled");

            await hand.SearchAsync(id.ToString());
            Assert.Equal($"{Prefix}/observability/tasks/{id}", new Uri(page.Url).AbsolutePath);
            await hand.GoToAsync("Overview");
            Assert.Equal(0, await page.Locator("a[href^='/'], form[action^='/']").CountAsync());
        });
        Assert.True(proxy.Sockets > 1, "No page had a feed.");
    }
}
