using Orchestrator.Contracts.Agents;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Dashboard.Tests.Browser;
using Orchestrator.Dashboard.Tests.Hands;
using Orchestrator.Dashboard.Tests.Kit;
using Orchestrator.TestKit.Models;

namespace Orchestrator.Dashboard.Tests.Tasks;

/// <summary>What people do with a task, by mouse and by keyboard alone.</summary>
[Collection(DashboardGroup.Name)]
public sealed class TaskTests(DashboardFixture dashboard)
{
    [BrowserTheory]
    [InlineData(With.Mouse)]
    [InlineData(With.Keyboard)]
    public async Task Submit_AndWatch_ShowsStatesAndOutputAsTheyCome(With with)
    {
        var workspace = await dashboard.CreateWorkspaceAsync("watch");
        await dashboard.VisitAsync("", async page =>
        {
            var hand = Hand.Of(with, page);
            await hand.GoToAsync("Tasks");
            await hand.DoAsync("Submit a task", "Submit a task");
            await Expect(page).ToHaveTitleAsync("Submit a task · Orchestrator");
            await hand.WriteAsync("Workspace", workspace);
            await hand.WriteAsync("Action", Work.Action);
            await hand.WriteAsync("Name", "Count the boats");
            await hand.WriteAsync("Input (JSON)", """{"harbour": "north"}""");
            await hand.PressAsync("Submit");
            await Expect(page.StateOf("Count the boats")).ToHaveTextAsync("queued");
            await page.MarkAsync();

            var work = await dashboard.TakeAsync(workspace);
            await Expect(page.StateOf("Count the boats")).ToHaveTextAsync("processing");
            await work.SayAsync("One boat");
            await Expect(page.Output()).ToHaveTextAsync("One boat");
            await work.SayAsync(", two boats");
            await Expect(page.Output()).ToHaveTextAsync("One boat, two boats");
            await work.ProgressAsync(0.5, "Half of the quay");
            await Expect(page.GetByText("Half of the quay").First).ToBeVisibleAsync();
            await work.CompleteAsync("""{"boats": 2}""");
            await Expect(page.StateOf("Count the boats")).ToHaveTextAsync("completed");
            await Expect(page.GetByLabel("Result")).ToContainTextAsync("\"boats\": 2");
            await page.ExpectNotReloadedAsync();
        });
    }

    [BrowserTheory]
    [InlineData(With.Mouse)]
    [InlineData(With.Keyboard)]
    public async Task Steer_RunningTask_ReachesItsWorkerOnce(With with)
    {
        var workspace = await dashboard.CreateWorkspaceAsync("steer");
        var id = await dashboard.SubmitAsync(workspace, "Write a letter");
        var work = await dashboard.TakeAsync(workspace);
        await dashboard.VisitAsync($"tasks/{id}", async page =>
        {
            var hand = Hand.Of(with, page);
            var box = page.FieldOf("Say something to it; agents hear it between their turns, other workers where they read messages");
            if (with == With.Keyboard)
            {
                await hand.DoAsync("", "Steer this task");
                await Expect(box).ToBeFocusedAsync();
            }

            await hand.WriteAsync(box, "Shorter, please.");
            await hand.PressAsync("Send");
            await Expect(page.Locator(".messages")).ToContainTextAsync("Shorter, please.");
            await Expect(box).ToHaveValueAsync("");
        });

        Assert.Equal(["Shorter, please."], await work.ReadMessagesAsync());
    }

    [BrowserTheory]
    [InlineData(With.Mouse)]
    [InlineData(With.Keyboard)]
    public async Task Cancel_RunningTask_AsksFirstAndTellsItsWorker(With with)
    {
        var workspace = await dashboard.CreateWorkspaceAsync("cancel");
        var id = await dashboard.SubmitAsync(workspace, "Go on for ever");
        var work = await dashboard.TakeAsync(workspace);
        await dashboard.VisitAsync($"tasks?workspace={workspace}", async page =>
        {
            var hand = Hand.Of(with, page);
            await hand.OpenRowAsync("Go on for ever");
            await hand.DoAsync("Cancel…", "Cancel this task");
            Assert.False(await work.IsCancelledAsync());
            Assert.Contains("cannot be undone", await hand.ConfirmAsync("Cancel the task"), StringComparison.Ordinal);
            await Expect(page.StateOf("Go on for ever")).ToHaveTextAsync("cancelled");
        });

        Assert.True(await work.IsCancelledAsync());
        Assert.Equal("cancelled", (await dashboard.Client.Tasks.GetAsync(id)).Status);
    }

    [BrowserTheory]
    [InlineData(With.Mouse)]
    [InlineData(With.Keyboard)]
    public async Task Approve_QuestionOfAnAgent_AnswersItWithEditsAndComment(With with)
    {
        var workspace = await dashboard.CreateWorkspaceAsync("approve");
        dashboard.Model.OnRequest = (request, _) => Task.FromResult(
            request["messages"]!.AsArray().Any(message => message!["role"]!.GetValue<string>() == "tool")
                ? ModelReply.Call("finish", """{"text":"done"}""")
                : ModelReply.Call("ask_person", """{"question":"Send it to the board?","details":{"to":"all@example.org"}}"""));
        await dashboard.Client.Agents.PutAsync("secretary", new PutAgentRequest { Instructions = "Ask before you send.", Model = DashboardFixture.ModelName, Tools = ["ask_person", "finish"] });
        var id = (await dashboard.Client.Tasks.SubmitAsync(workspace, new SubmitTaskRequest { Action = "agent.secretary", Name = "Send the minutes", Input = RawJson.From("""{"prompt":"Send them."}""") })).Id;
        await dashboard.VisitAsync($"tasks/{id}", async page =>
        {
            var hand = Hand.Of(with, page);
            await Expect(page.StateOf("Send the minutes")).ToHaveTextAsync("waiting: approval");
            await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "It asks: Send it to the board?" })).ToBeVisibleAsync();
            await hand.WriteAsync("Instead of what it proposed (a JSON object; empty: as it is)", """{"to": "board@example.org"}""");
            await hand.WriteAsync("Comment", "Only to the board.");
            await hand.PressAsync("Approve");
            await Expect(page.StateOf("Send the minutes")).ToHaveTextAsync("completed");
        });

        var told = dashboard.Model.Requests.Last()["messages"]!.AsArray()[^1]!.ToJsonString();
        Assert.Contains("board@example.org", told, StringComparison.Ordinal);
        Assert.Contains("Only to the board.", told, StringComparison.Ordinal);
    }

    [BrowserTheory]
    [InlineData(With.Mouse)]
    [InlineData(With.Keyboard)]
    public async Task Retry_WithEdits_MakesANewTaskWithThatInput(With with)
    {
        var workspace = await dashboard.CreateWorkspaceAsync("retry");
        var id = (await dashboard.Client.Tasks.SubmitAsync(
            workspace, new SubmitTaskRequest { Action = Work.Action, Name = "Read the map", Input = RawJson.From("""{"map": "of last year"}""") })).Id;
        await (await dashboard.TakeAsync(workspace)).FailAsync("invalid_input", "That map is old.");
        await dashboard.VisitAsync($"tasks/{id}", async page =>
        {
            var hand = Hand.Of(with, page);
            await Expect(page.GetByText("That map is old.").First).ToBeVisibleAsync();
            await hand.DoAsync("Retry with edits…", "Retry with another input");
            var dialog = page.GetByRole(AriaRole.Dialog, new PageGetByRoleOptions { Name = "Retry with another input" });
            var input = dialog.GetByLabel("Input (JSON)");
            await Expect(input).ToHaveValueAsync("{\n  \"map\": \"of last year\"\n}");
            await hand.WriteAsync(input, """{"map": "of today"}""");
            await hand.PressAsync(dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Submit" }));
            await Expect(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = id.ToString() })).ToBeVisibleAsync();
            await Expect(page.StateOf("Read the map")).ToHaveTextAsync("queued");
            Assert.Equal("""{"map":"of today"}""", (await dashboard.Client.Tasks.GetInputAsync(Guid.Parse(page.Url.Split('/')[^1]))).ToString());
        });
    }
}
