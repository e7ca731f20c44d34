using Orchestrator.Dashboard.Tests.Browser;
using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests.Frame;

/// <summary>What holds for every page, full of lively data.</summary>
[Collection(DashboardGroup.Name)]
public sealed class PageTests(DashboardFixture dashboard)
{
    private const int Phone = 400;

    [BrowserFact]
    public async Task Pages_OfTheNavigation_AreAllLookedAt() => await dashboard.VisitAsync("", async page =>
    {
        var links = await page.GetByRole(AriaRole.Navigation, new PageGetByRoleOptions { Name = "Pages" }).GetByRole(AriaRole.Link).EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");
        Assert.Equal(links.Select(link => link == "." ? "" : link).Order(), (await dashboard.GetDemoAsync()).Pages.Select(shown => shown.Path).Intersect(links.Append("")).Order());
    });

    [BrowserFact]
    public async Task Page_OnAPhone_IsNotWiderThanIt()
    {
        var demo = await dashboard.GetDemoAsync();
        await dashboard.VisitAsync("", async page =>
        {
            await page.SetViewportSizeAsync(Phone, 800);
            var tooWide = new List<string>();
            foreach (var shown in demo.Pages)
            {
                await page.OpenAsync(shown);
                if (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") is > Phone and var width)
                {
                    tooWide.Add($"{shown.Name}: {width}");
                }
            }

            Assert.Empty(tooWide);
        });
    }

    [AxeFact]
    public async Task Page_InBothThemes_HasNoSeriousFaultOfAccessibility()
    {
        var axe = await AxeFactAttribute.ReadScriptAsync();
        var demo = await dashboard.GetDemoAsync();
        await dashboard.VisitAsync("", async page =>
        {
            var faults = new List<string>();
            foreach (var shown in demo.Pages)
            {
                await page.OpenAsync(shown);
                await page.EvaluateAsync(axe);
                foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
                {
                    await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = theme, ReducedMotion = ReducedMotion.Reduce });
                    faults.AddRange((await page.EvaluateAsync<string[]>(Judge)).Select(fault => $"{shown.Name} {theme}: {fault}"));
                }
            }

            Assert.Empty(faults);
        });
    }

    private const string Judge = """
        async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
          .filter(({ impact }) => impact === "serious" || impact === "critical")
          .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target} ${failureSummary}`))
        """;
}
