using Orchestrator.Dashboard.Tests.Browser;
using Orchestrator.Dashboard.Tests.Demos;
using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests.Frame;

/// <summary>What holds for every page, full of lively data.</summary>
[Collection(DashboardGroup.Name)]
public sealed class PageTests(DashboardFixture dashboard)
{
    // Those that reach over the edge of their table's place.
    private const string Cut = """
        elements => elements
          .filter(element => element.getBoundingClientRect().right > element.closest(".scroll").getBoundingClientRect().right)
          .map(element => `${element.textContent.trim()} to ${element.getBoundingClientRect().right}`)
        """;

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

    [BrowserFact]
    public async Task Columns_ThatTellRowsApart_AreSeenWithoutMovingTheTable()
    {
        await dashboard.GetDemoAsync();
        await dashboard.VisitAsync("", async page =>
        {
            foreach (var (path, screen, seen) in new[]
            {
                ("errors", Screen.Desk, "tbody [data-bulk-do]"),
                ("errors", Screen.Phone, "tbody [data-bulk-do]"),
                ("audit", Screen.Desk, "th"),
                ("audit", Screen.Phone, "th:nth-child(-n + 2)"),
                ("tasks?workspace=marketing", Screen.Phone, "tbody [data-row-link], tbody .state"),
            })
            {
                await page.SetViewportSizeAsync(screen.Width, screen.Height);
                await page.OpenAsync(new ShownPage(path, path));
                var looked = page.Locator($"main .scroll :is({seen})");
                Assert.NotEqual(0, await looked.CountAsync());
                Assert.Empty(await looked.EvaluateAllAsync<string[]>(Cut));
            }
        });
    }

    [BrowserTheory]
    [InlineData("tasks/01890a5d-ac96-774b-bcce-b302099a8057", 404, "There is no task")]
    [InlineData("runs/01890a5d-ac96-774b-bcce-b302099a8057", 404, "There is no run")]
    [InlineData("workspaces/none-such", 404, "There is no workspace")]
    [InlineData("runs?status=none-such", 400, "status")]
    public async Task Page_WhoseAnswerIsRefusedLate_IsThatRefusal(string path, int status, string words) => await dashboard.VisitAsync("", async page =>
    {
        var answer = await page.APIRequest.GetAsync(path);

        Assert.Equal(status, answer.Status);
        Assert.StartsWith("text/html", answer.Headers["content-type"], StringComparison.Ordinal);
        Assert.Contains(words, await answer.TextAsync(), StringComparison.Ordinal);
    });

    [AxeFact]
    public async Task Page_InBothThemes_HasNoSeriousFaultOfAccessibility()
    {
        var axe = await Axe.InstallAsync();
        var demo = await dashboard.GetDemoAsync();
        await dashboard.WalkAsync(demo.Pages, Screen.Desk, (page, _) => axe.FindFaultsAsync(page));
    }
}
