using Orchestrator.Dashboard.Tests.Browser;
using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests.Frame;

/// <summary>What holds for every page, full of lively data.</summary>
[Collection(DashboardGroup.Name)]
public sealed class PageTests(DashboardFixture dashboard)
{
    [BrowserFact]
    public async Task Pages_OfTheNavigation_AreAllLookedAt()
    {
        var looked = (await dashboard.GetDemoAsync()).Pages.Select(shown => shown.Path.Split('?')[0]);
        await dashboard.VisitAsync("", async page =>
        {
            var links = await page.GetByRole(AriaRole.Navigation, new PageGetByRoleOptions { Name = "Pages" }).GetByRole(AriaRole.Link).EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");
            Assert.Empty(links.Select(link => link == "." ? "" : link).Except(looked));
        });
    }

    [BrowserFact]
    public async Task Links_OfTheAudit_LeadToWhatWasChanged()
    {
        await dashboard.GetDemoAsync();
        await dashboard.VisitAsync("audit?workspace=marketing", async page =>
        {
            var links = page.Locator("tbody a[href^=runs], tbody a[href^=tasks], tbody a[href^=workspaces]");
            Assert.Contains("ApproveStep", await page.Locator("tbody").InnerTextAsync(), StringComparison.Ordinal);
            foreach (var address in (await links.EvaluateAllAsync<string[]>("links => links.map(link => link.href)")).Distinct())
            {
                Assert.True((await page.APIRequest.GetAsync(address)).Ok, address);
            }
        });
    }

    [BrowserFact]
    public async Task Page_OnAPhone_IsNotWiderThanIt()
    {
        var demo = await dashboard.GetDemoAsync();
        await dashboard.WalkAsync(demo.Pages, Screen.Phone, (page, _) => page.FindTooWideAsync());
    }

    [AxeFact]
    public async Task Page_InBothThemes_HasNoSeriousFaultOfAccessibility()
    {
        var axe = await Axe.InstallAsync();
        var demo = await dashboard.GetDemoAsync();
        await dashboard.WalkAsync(demo.Pages, Screen.Desk, (page, _) => axe.FindFaultsAsync(page));
    }
}
