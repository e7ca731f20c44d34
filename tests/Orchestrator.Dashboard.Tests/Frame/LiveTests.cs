using System.Text.RegularExpressions;
using Orchestrator.Dashboard.Tests.Browser;
using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests.Frame;

/// <summary>How a page keeps up with what happens.</summary>
[Collection(DashboardGroup.Name)]
public sealed class LiveTests(DashboardFixture dashboard)
{
    [BrowserFact]
    public async Task Feed_OfAHiddenPage_IsClosedAndCatchesUpWhenItIsShown()
    {
        var workspace = await dashboard.CreateWorkspaceAsync("hidden");
        var id = await dashboard.SubmitAsync(workspace, "Look away");
        await dashboard.VisitAsync($"tasks/{id}", async page =>
        {
            await Expect(page.Live()).ToHaveTextAsync("live");
            var feed = await page.RunAndWaitForWebSocketAsync(() => page.ReloadAsync());
            await Expect(page.Live()).ToHaveTextAsync("live");
            var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            feed.Close += (_, _) => closed.TrySetResult();

            await ShowAsync(page, isHidden: true);
            await closed.Task.WaitAsync(Visit.Patience);
            await Expect(page.Live()).ToHaveTextAsync("paused");
            await (await dashboard.TakeAsync(workspace)).CompleteAsync("{}");
            await Expect(page.StateOf("Look away")).ToHaveTextAsync("queued");

            await ShowAsync(page, isHidden: false);
            await Expect(page.Live()).ToHaveTextAsync("live");
            await Expect(page.StateOf("Look away")).ToHaveTextAsync("completed");
        });
    }

    [BrowserFact]
    public async Task Overview_WhileTasksEnd_TellsHowTheyDid()
    {
        var workspace = await dashboard.CreateWorkspaceAsync("ends");
        await dashboard.VisitAsync("", async page =>
        {
            await Expect(page.Live()).ToHaveTextAsync("live");
            await dashboard.SubmitAsync(workspace, "Well done");
            await (await dashboard.TakeAsync(workspace)).CompleteAsync("{}");
            await dashboard.SubmitAsync(workspace, "Not so well");
            var work = await dashboard.TakeAsync(workspace);
            await work.FailAsync("provider_error", "It rains.", retryAfter: TimeSpan.FromMilliseconds(1));
            await (await dashboard.TakeAsync(workspace)).FailAsync("provider_error", "It rains.");
            foreach (var type in new[] { "task.completed", "task.retry", "task.failed" })
            {
                await Expect(page.Locator("#feed li", new PageLocatorOptions { HasText = workspace }).Filter(new LocatorFilterOptions { HasText = type })).ToHaveCountAsync(1);
            }
        });
    }

    [BrowserFact]
    public async Task Tasks_WhileOneEndsAndOneComes_AreListedAnewWithoutLoading()
    {
        var workspace = await dashboard.CreateWorkspaceAsync("list");
        await dashboard.SubmitAsync(workspace, "Here from the start");
        await dashboard.VisitAsync($"tasks?workspace={workspace}", async page =>
        {
            await Expect(page.Live()).ToHaveTextAsync("live");
            await Expect(page.Locator("tbody .state")).ToHaveTextAsync(["queued"]);
            await page.MarkAsync();

            await (await dashboard.TakeAsync(workspace)).CompleteAsync("{}");
            await Expect(page.Locator("tbody .state")).ToHaveTextAsync(["completed"]);
            await dashboard.SubmitAsync(workspace, "Come later");
            await Expect(page.Locator("tbody [data-row-link]")).ToHaveTextAsync(["Come later", "Here from the start"]);
            await Expect(page.Locator("tbody .state")).ToHaveTextAsync(["queued", "completed"]);
            await page.ExpectNotReloadedAsync();
        });
    }

    [BrowserFact]
    public async Task Feed_ThatIsLost_SaysSinceWhen() => await dashboard.VisitAsync("", async page =>
    {
        await Expect(page.Live()).ToHaveTextAsync("live");
        await page.RouteWebSocketAsync("**/*", feed => _ = feed.CloseAsync());
        await page.ReloadAsync();
        await Expect(page.Live()).ToHaveTextAsync(new Regex(@"^off since \d\d:\d\d$"));
    });

    // What a browser does to the page of a tab that another one covers.
    private static async Task ShowAsync(IPage page, bool isHidden) => await page.EvaluateAsync(
        """
        isHidden => {
          Object.defineProperty(document, "hidden", { configurable: true, get: () => isHidden });
          document.dispatchEvent(new Event("visibilitychange"));
        }
        """,
        isHidden);
}
