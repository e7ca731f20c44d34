using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Runs;
using Orchestrator.Dashboard.Tests.Browser;
using Orchestrator.Dashboard.Tests.Hands;
using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests.Runs;

/// <summary>A run that is followed and asks a person.</summary>
[Collection(DashboardGroup.Name)]
public sealed class RunTests(DashboardFixture dashboard)
{
    private const string Definition = """
        owner: acme
        name: letter
        version: "1"
        steps:
          - id: write
            action: test.work
            input: { about: "${{ run.input.about }}" }
          - id: check
            needs: [write]
            approval: { question: "Send the letter about ${{ run.input.about }}?" }
          - id: send
            needs: [check]
            action: test.work
            input: { letter: "${{ steps.write.output }}" }
        """;

    [BrowserTheory]
    [InlineData(With.Mouse)]
    [InlineData(With.Keyboard)]
    public async Task Approve_StepOfARunThatIsWatched_LetsItGoOn(With with)
    {
        var workspace = await dashboard.CreateWorkspaceAsync("run");
        await dashboard.Client.Definitions.PublishAsync(Definition, isYaml: true);
        var run = await dashboard.Client.Runs.StartAsync("acme", "letter", new StartRunRequest { Workspace = workspace, Input = RawJson.From("""{"about":"tides"}""") });
        await dashboard.VisitAsync($"runs?workspace={workspace}", async page =>
        {
            var hand = Hand.Of(with, page);
            await hand.OpenRowAsync("acme/letter@1");
            await Expect(page.StateOf("acme/letter@1")).ToHaveTextAsync("started");
            await page.MarkAsync();
            await (await dashboard.TakeAsync(workspace)).CompleteAsync("""{"text": "Dear tides"}""");
            await hand.PressAsync(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Send the letter about tides?" }));
            await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "It asks: Send the letter about tides?" })).ToBeVisibleAsync();
            await hand.WriteAsync("Comment", "Go on.");
            await hand.PressAsync("Approve");
            await (await dashboard.TakeAsync(workspace)).CompleteAsync("{}");
            await Expect(page.StateOf("acme/letter@1")).ToHaveTextAsync("completed");
            await page.ExpectNotReloadedAsync();
        });

        Assert.Equal("completed", (await dashboard.Client.Runs.GetAsync(run.Id)).Status);
    }
}
