using Orchestrator.Contracts.Workspaces;
using Orchestrator.Dashboard.Tests.Browser;
using Orchestrator.Dashboard.Tests.Hands;
using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests.Workspaces;

/// <summary>Workspaces: what runs in them, and what a fuse has paused.</summary>
[Collection(DashboardGroup.Name)]
public sealed class FuseTests(DashboardFixture dashboard)
{
    [BrowserTheory]
    [InlineData(With.Mouse)]
    [InlineData(With.Keyboard)]
    public async Task Reset_FuseThatPausedTheWorkspace_LetsItGoOn(With with)
    {
        var workspace = await dashboard.CreateWorkspaceAsync("loop", new CreateWorkspaceRequest { Id = "", Fuses = new FuseSettingsBody { AntiLoop = new AntiLoopBody { MaxExecutions = 1, CountAll = true } } });
        await dashboard.VisitAsync("", async page =>
        {
            var hand = Hand.Of(with, page);
            await hand.GoToAsync("Workspaces");
            await hand.OpenRowAsync(workspace);
            await Expect(page.StateOf(workspace)).ToHaveTextAsync("active");
            await page.MarkAsync();
            foreach (var name in new[] { "Round", "and round again" })
            {
                await dashboard.SubmitAsync(workspace, name, "generation.simulated");
            }

            await Expect(page.StateOf(workspace)).ToHaveTextAsync("paused: Anti-loop");
            await hand.DoAsync("Reset Anti-loop", "Reset the fuse: Anti-loop");
            Assert.StartsWith("Reset the anti-loop fuse?", await hand.ConfirmAsync("Reset"), StringComparison.Ordinal);
            await Expect(page.StateOf(workspace)).ToHaveTextAsync("active");
            await page.ExpectNotReloadedAsync();
        });
    }

    [BrowserFact]
    public async Task List_OfWorkspaces_TellsHowManyTasksRunAndAreReady()
    {
        var workspace = await dashboard.CreateWorkspaceAsync("counted");
        await dashboard.SubmitAsync(workspace, "First");
        await dashboard.SubmitAsync(workspace, "Second");
        await dashboard.SubmitAsync(workspace, "Third");
        await dashboard.TakeAsync(workspace);
        await dashboard.VisitAsync("workspaces", async page =>
        {
            var headings = await page.Locator("thead th").AllInnerTextsAsync();
            var cells = page.Locator($"#workspace-{workspace} td");
            await Expect(cells.Nth(headings.ToList().IndexOf("Running"))).ToHaveTextAsync("1");
            await Expect(cells.Nth(headings.ToList().IndexOf("Queued"))).ToHaveTextAsync("2");
        });
    }
}
