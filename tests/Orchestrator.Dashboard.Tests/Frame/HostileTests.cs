using Orchestrator.Contracts.Agents;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Runs;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Contracts.Workspaces;
using Orchestrator.Dashboard.Tests.Browser;
using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests.Frame;

/// <summary>Whatever people, models and workers write is text, wherever it is shown.</summary>
[Collection(DashboardGroup.Name)]
public sealed class HostileTests(DashboardFixture dashboard)
{
    private const string Markup = "\"'><img src=x onerror=alert(1)><script>alert(2)</script><b class=injected>b</b>&amp;{{7*7}}";
    private const string Hostile = Markup + " \u202e\u0645\u0631\u062d\u0628\u0627\u202c 🚀👩‍👩‍👧 \u0007\u001b[31m\u2028";

    private static readonly string Long = Markup + new string('w', 10_000 - Markup.Length);

    [BrowserFact]
    public async Task Texts_OfAnySource_AreShownAsText()
    {
        var workspace = await dashboard.CreateWorkspaceAsync("hostile", new CreateWorkspaceRequest { Id = "", Name = Hostile, Goal = Long });
        var json = System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { [Hostile] = Long });
        var task = await SubmitAsync(workspace, json);
        var work = await dashboard.TakeAsync(workspace);
        await dashboard.Client.Agents.PutAsync("hostile", new PutAgentRequest { Description = Long, Instructions = Long, Model = DashboardFixture.ModelName });
        await dashboard.Client.Definitions.PublishAsync(Definition(), isYaml: false);
        await dashboard.VisitAsync("", async page =>
        {
            await Expect(page.Live()).ToHaveTextAsync("live");
            var other = await SubmitAsync(workspace, json);
            await ExpectTextAsync(page, page.Locator("#feed"));

            await page.GotoAsync($"tasks/{task}");
            await work.SayAsync(Hostile);
            await Expect(page.Output()).ToContainTextAsync(Markup);
            await work.ProgressAsync(0.5, Hostile);
            await dashboard.Client.Tasks.SendMessagesAsync(task, [new MessageRequest { Role = "user", Content = Hostile }]);
            await Expect(page.Locator(".messages")).ToContainTextAsync(Markup);
            await ExpectTextAsync(page, page.Locator("progress ~ bdi"));
            await work.FailAsync("worker_error", Long);
            await Expect(page.Locator(".failure")).ToContainTextAsync(Markup);
            await ExpectTextAsync(page, page.Locator("h1"), page.Locator(".tag"));

            await (await dashboard.TakeAsync(workspace)).CompleteAsync(json);
            var run = await StartRunAsync(workspace, json);
            foreach (var path in new[] { $"tasks/{other}", $"tasks?workspace={workspace}", "workspaces", $"workspaces/{workspace}", "agents", "agents/hostile", "definitions", "definitions/acme/hostile", $"runs/{run}", $"runs/{run}?step=ask", "errors" })
            {
                await page.GotoAsync(path);
                await ExpectTextAsync(page, page.Locator("main"));
            }
        });
    }

    [BrowserFact]
    public async Task Search_ForMarkup_ShowsItAsText() => await dashboard.VisitAsync("tasks?q=" + Uri.EscapeDataString(Hostile), async page =>
    {
        await ExpectTextAsync(page, page.Locator(".warning").First);
        await Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync(Hostile);
    });

    private static async Task ExpectTextAsync(IPage page, params IReadOnlyList<ILocator> places)
    {
        foreach (var place in places)
        {
            await Expect(place.First).ToContainTextAsync("<b class=injected>b</b>");
        }

        Assert.Equal(0, await page.Locator(".injected, main script, main img, main iframe, main [onerror]").CountAsync());
    }

    private static string Definition() => System.Text.Json.JsonSerializer.Serialize(new
    {
        owner = "acme",
        name = "hostile",
        version = "1",
        description = Hostile,
        steps = new object[]
        {
            new { id = "ask", name = Hostile, description = Hostile, approval = new { question = Hostile } },
        },
    });

    private async Task<Guid> SubmitAsync(string workspace, string json) => (await dashboard.Client.Tasks.SubmitAsync(workspace, new SubmitTaskRequest
    {
        Action = Work.Action, Name = Hostile, Description = Long, OwnerId = Hostile, Tags = [Markup], Input = RawJson.From(json),
    })).Id;

    private async Task<Guid> StartRunAsync(string workspace, string json) =>
        (await dashboard.Client.Runs.StartAsync("acme", "hostile", new StartRunRequest { Workspace = workspace, Input = RawJson.From(json), Tags = [Markup] })).Id;
}
