using Orchestrator.Dashboard.Tests.Browser;
using Orchestrator.Dashboard.Tests.Hostile;
using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests.Frame;

/// <summary>Whatever people, models and workers write is text, wherever it is shown.</summary>
[Collection(DashboardGroup.Name)]
public sealed class HostileTests(DashboardFixture dashboard)
{
    private const string InjectedHtml = "<b class=injected>b</b>";
    private const string Injected = ".injected, main script, main img, main iframe, main [onerror], dialog img, .toasts img";

    private static readonly HashSet<string> WithoutFreeText = ["resources", "resource", "schedules"];

    [BrowserFact]
    public async Task Texts_ThatAreHostile_AreShownAsTextAndBreakNoPage()
    {
        var pages = await dashboard.GetHostileAsync();
        await dashboard.WalkAsync(pages, Screen.Desk, async (page, shown) =>
        {
            // Where it stands in a field or a title, it is no text of the page.
            if (!WithoutFreeText.Contains(shown.Name) && !(await page.ContentAsync()).Contains("onerror=alert(1)", StringComparison.Ordinal))
            {
                return ["shows no hostile text"];
            }

            var wide = await page.FindTooWideAsync();
            await page.SetViewportSizeAsync(Screen.Phone.Width, Screen.Phone.Height);
            var narrow = await page.FindTooWideAsync();
            await page.SetViewportSizeAsync(Screen.Desk.Width, Screen.Desk.Height);
            await page.Keyboard.PressAsync("Control+k");
            await Expect(page.Locator("#palette[open]")).ToBeVisibleAsync();
            return [.. wide, .. narrow, .. await page.Locator(Injected).EvaluateAllAsync<string[]>("injected => injected.map(element => element.outerHTML)")];
        });
    }

    [BrowserFact]
    public async Task Feed_OfHostileTasks_ShowsThemAsText()
    {
        var workspace = await dashboard.CreateWorkspaceAsync("hostile-feed");
        await dashboard.VisitAsync("", async page =>
        {
            await page.SetViewportSizeAsync(Screen.Phone.Width, Screen.Phone.Height);
            await Expect(page.Live()).ToHaveTextAsync("live");
            await dashboard.SubmitAsync(workspace, HostileTexts.Name);
            await (await dashboard.TakeAsync(workspace)).FailAsync("worker_error", HostileTexts.Error);
            var failed = page.Locator("#feed li", new PageLocatorOptions { HasText = "task.failed" }).Filter(new LocatorFilterOptions { HasText = workspace });
            await Expect(failed).ToContainTextAsync(InjectedHtml);
            Assert.Equal(0, await page.Locator(Injected).CountAsync());
            Assert.Empty(await page.FindTooWideAsync());
        });
    }

    [BrowserFact]
    public async Task Search_ForMarkup_ShowsItAsText() => await dashboard.VisitAsync("tasks?q=" + Uri.EscapeDataString(HostileTexts.Tag), async page =>
    {
        await Expect(page.Locator(".warning").First).ToContainTextAsync(InjectedHtml);
        await Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync(HostileTexts.Tag);
    });
}
