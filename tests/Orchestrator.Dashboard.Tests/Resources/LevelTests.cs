using System.Text.RegularExpressions;
using Orchestrator.Client;
using Orchestrator.Contracts.Resources;
using Orchestrator.Dashboard.Tests.Browser;
using Orchestrator.Dashboard.Tests.Kit;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Dashboard.Tests.Resources;

/// <summary>What there was of a resource, on a gateway whose buckets are seconds.</summary>
[Collection(DashboardGroup.Name)]
public sealed class LevelTests(DashboardFixture dashboard)
{
    [BrowserFact]
    public async Task Levels_OfABucketThatBecomesASemaphore_AreDrawnForWhatItIs()
    {
        using var folder = new SqliteFolder();
        await using var gateway = await dashboard.StartGatewayAsync(folder, ("Timeline:BucketSize", "seconds"), ("Timeline:DurationSeconds", "10"));
        using var client = new OrchestratorClient(gateway.Client);
        await client.Resources.PutAsync("search", new PutResourceRequest { Capacity = 7, RefillPerSecond = 1 });
        await Visit.RunAsync(dashboard.Browser, new Uri(gateway.Client.BaseAddress!, "observability/"), "resources/search", async page =>
        {
            await page.MarkAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "The last 10 seconds" })).ToBeVisibleAsync();
            var chart = page.GetByRole(AriaRole.Figure).Filter(new LocatorFilterOptions { HasText = "Tokens left" });
            await chart.Locator(".u-over").HoverAsync();
            await Expect(chart.Locator(".u-legend")).ToContainTextAsync(new Regex(@"Left\s*7\s*Capacity\s*7"));

            await client.Resources.PutAsync("search", new PutResourceRequest { Permits = 4 });
            var other = page.GetByRole(AriaRole.Figure).Filter(new LocatorFilterOptions { HasText = "Permits held" });
            await other.Locator(".u-over").HoverAsync();
            await Expect(other.Locator(".u-legend")).ToContainTextAsync(new Regex(@"Held\s*0\s*Permits\s*4"));
            await page.ExpectNotReloadedAsync();
        });
    }
}
