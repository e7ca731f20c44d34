using Orchestrator.Dashboard.Tests.Browser;
using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests.Frame;

/// <summary>Whatever people, models and workers write is text, wherever it is shown.</summary>
[Collection(DashboardGroup.Name)]
public sealed class HostileTests(DashboardFixture dashboard)
{
    private const string Markup = "\"'><img src=x onerror=alert(1)><script>alert(2)</script><b class=injected>b</b>&amp;{{7*7}}";
    private const string Hostile = Markup + " \u202e\u0645\u0631\u062d\u0628\u0627\u202c 🚀👩‍👩‍👧 \u0007\u001b[31m\u2028";

    [BrowserFact]
    public async Task Search_ForMarkup_ShowsItAsText() => await dashboard.VisitAsync("tasks?q=" + Uri.EscapeDataString(Hostile), async page =>
    {
        await Expect(page.Locator(".warning").First).ToContainTextAsync("<b class=injected>b</b>");
        Assert.Equal(0, await page.Locator(".injected, main script, main img, main iframe, main [onerror]").CountAsync());
        await Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync(Hostile);
    });
}
