using Orchestrator.Dashboard.Tests.Browser;
using Orchestrator.Dashboard.Tests.Hands;
using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests.Frame;

/// <summary>Getting about without a mouse.</summary>
[Collection(DashboardGroup.Name)]
public sealed class KeyTests(DashboardFixture dashboard)
{
    [BrowserFact]
    public async Task Keys_OfTheHelp_DoWhatItSays()
    {
        var workspace = await dashboard.CreateWorkspaceAsync("keys");
        var first = await dashboard.SubmitAsync(workspace, "Below");
        await dashboard.SubmitAsync(workspace, "Above");
        await dashboard.VisitAsync("", async page =>
        {
            var help = page.GetByRole(AriaRole.Dialog, new PageGetByRoleOptions { Name = "Keys" });
            await page.Keyboard.PressAsync("?");
            await Expect(help).ToBeVisibleAsync();
            await page.Keyboard.PressAsync("Escape");
            await Expect(help).ToBeHiddenAsync();

            var hand = new KeyboardHand(page);
            await hand.SearchAsync($"workspace:{workspace}");
            await Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);
            await page.Keyboard.PressAsync("j");
            await Expect(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Above" })).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("j");
            await Expect(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Below" })).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("k");
            await page.Keyboard.PressAsync("x");
            await Expect(page.GetByText("1 selected")).ToBeVisibleAsync();

            await hand.SearchAsync(first.ToString());
            await Expect(page.StateOf("Below")).ToHaveTextAsync("queued");
        });
    }

    [BrowserFact]
    public async Task Palette_OfAnyPage_OffersItsActionsAndEveryPage() => await dashboard.VisitAsync("tasks", async page =>
    {
        await page.Keyboard.PressAsync("Control+k");
        var titles = await page.GetByRole(AriaRole.Navigation, new PageGetByRoleOptions { Name = "Pages" }).GetByRole(AriaRole.Link).AllInnerTextsAsync();
        var offered = await page.Locator("#palette-list").GetByRole(AriaRole.Option).AllInnerTextsAsync();
        Assert.Equal(["Submit a task", .. titles.Select(title => $"Go to {title}")], offered.SkipLast(2));
        await page.Keyboard.TypeAsync("dark");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.ReloadAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
    });
}
