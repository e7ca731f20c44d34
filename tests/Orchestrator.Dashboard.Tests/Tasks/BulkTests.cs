using Orchestrator.Dashboard.Tests.Browser;
using Orchestrator.Dashboard.Tests.Hands;
using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests.Tasks;

/// <summary>Doing something to many tasks at once.</summary>
[Collection(DashboardGroup.Name)]
public sealed class BulkTests(DashboardFixture dashboard)
{
    [BrowserTheory]
    [InlineData(With.Mouse)]
    [InlineData(With.Keyboard)]
    public async Task Cancel_AllThatFit_SaysFirstHowManyTheyAre(With with)
    {
        var workspace = await dashboard.CreateWorkspaceAsync("bulk");
        for (var number = 0; number < 12; number++)
        {
            await dashboard.SubmitAsync(workspace, $"Letter {number}");
        }

        await (await dashboard.TakeAsync(workspace)).CompleteAsync("{}");
        await dashboard.VisitAsync($"tasks?workspace={workspace}", async page =>
        {
            var hand = Hand.Of(with, page);
            await hand.SearchAsync($"workspace:{workspace} status:queued");
            await Expect(page.Locator("tbody .state")).ToHaveTextAsync(Enumerable.Repeat("queued", 11));
            await hand.PressAsync("Cancel…");
            Assert.StartsWith("Cancel all 11 tasks with workspace", await hand.ConfirmAsync("Cancel 11 tasks"), StringComparison.Ordinal);
            await Expect(page.GetByText("11 tasks cancelled")).ToBeVisibleAsync();
            await Expect(page.GetByText("No task fits.")).ToBeVisibleAsync();
        });

        Assert.Equal(11, (await dashboard.Client.GetStatsAsync(workspace)).Tasks["cancelled"]);
    }

    [BrowserTheory]
    [InlineData(With.Mouse)]
    [InlineData(With.Keyboard)]
    public async Task Cancel_SelectedTasks_LeavesTheOthers(With with)
    {
        var workspace = await dashboard.CreateWorkspaceAsync("pick");
        foreach (var name in new[] { "First", "Second", "Third" })
        {
            await dashboard.SubmitAsync(workspace, name);
        }

        await dashboard.VisitAsync($"tasks?workspace={workspace}", async page =>
        {
            var hand = Hand.Of(with, page);
            await hand.PickRowAsync("Third");
            await hand.PickRowAsync("First");
            await Expect(page.GetByText("2 selected")).ToBeVisibleAsync();
            await hand.PressAsync("Cancel…");
            Assert.Equal("Cancel 2 tasks?", await hand.ConfirmAsync("Cancel 2 tasks"));
            await Expect(page.Locator("tbody .state")).ToHaveTextAsync(["cancelled", "queued", "cancelled"]);
        });
    }
}
