using System.Text.Json;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Runs;

/// <summary>A step's task is what a task that a caller submits is.</summary>
public sealed class RunTaskTests : IAsyncLifetime
{
    private TestGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync(
            _ => { }, "--Actions:generation.echo:TimeoutMs", "45000", "--Actions:generation.echo:Resources:database", "2", "--Actions:generation.echo:Resources:search", "1");
        foreach (var resource in new[] { "database", "search", "other" })
        {
            await _gateway.PutAsync($"/api/v1/resources/{resource}", new { permits = 10 }, 201);
        }
    }

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData("", 45_000, """{"database":2,"search":1}""")]
    [InlineData(", timeoutMs: 7000, resources: { database: 3, other: 1 }", 7_000, """{"database":3,"other":1,"search":1}""")]
    public async Task Start_ActionWithSettings_StepsAndSubmittedTasksHaveThem(string members, int timeoutMs, string resources)
    {
        var run = await _gateway.RunAsync($"steps: [{{ id: a, action: generation.echo, input: {{ text: tea }}{members} }}]");
        var work = (await _gateway.GetAsync($"/api/v1/runs/{run.GetProperty("id")}/steps/a")).Body.GetProperty("work")[0];
        var ofRun = await _gateway.WaitAsync(work.GetProperty("taskId").GetGuid());
        var submitted = await _gateway.WaitAsync(await _gateway.SubmitAsync(
            "default", new Dictionary<string, object> { ["action"] = "generation.echo", ["input"] = new { text = "tea" } }
                .Concat(members.Length == 0 ? [] : new Dictionary<string, object> { ["timeoutMs"] = 7000, ["resources"] = new { database = 3, other = 1 } }).ToDictionary()));

        Assert.Equal((timeoutMs, resources), (ofRun.GetProperty("timeoutMs").GetInt32(), Resources(ofRun)));
        foreach (var member in new[] { "action", "timeoutMs", "maxAttempts", "skills", "score", "scoreSource", "result" })
        {
            Assert.Equal(submitted.GetProperty(member).GetRawText(), ofRun.GetProperty(member).GetRawText());
        }

        Assert.Equal(Resources(submitted), Resources(ofRun));
    }

    [Fact]
    public async Task Step_WithANameAndDescription_ShowsThemAndNamesItsTasks()
    {
        var workspace = await _gateway.NewWorkspaceAsync();
        var name = await _gateway.PublishAsync("""
            steps:
              - { id: a, name: Make tea, description: With milk., action: generation.echo, approval: { question: Well? } }
              - { id: b, needs: [a], action: generation.echo }
            """);
        var id = await _gateway.StartAsync(name, new { workspace });
        var list = $"/api/v1/workspaces/{workspace}/runs?waiting=true";
        await TestKit.Eventually.TrueAsync(
            async () => (await _gateway.GetAsync(list)).Body.GetProperty("items").GetArrayLength() == 1, TimeSpan.FromSeconds(20), () => "The run waits.");

        var steps = (await _gateway.GetAsync($"/api/v1/runs/{id}")).Body.GetProperty("steps").EnumerateArray().Select(Title);
        Assert.Equal([("Make tea", "With milk."), (null, null)], steps);
        Assert.Equal(("Make tea", "With milk."), Title((await _gateway.GetAsync(list)).Body.GetProperty("items")[0].GetProperty("waiting")[0]));
        var step = (await _gateway.GetAsync($"/api/v1/runs/{id}/steps/a")).Body;
        Assert.Equal(("Make tea", "With milk."), Title(step));
        Assert.Equal("Make tea", (await _gateway.WaitAsync(step.GetProperty("work")[0].GetProperty("taskId").GetGuid())).GetProperty("name").GetString());

        var changed = (await _gateway.PostAsync($"/api/v1/runs/{id}/steps/a/approve", new { decision = "approve" })).Body;
        Assert.Equal(("Make tea", "With milk."), Title(changed.Step("a")));
    }

    [Fact]
    public async Task Compensation_ActionWithSettings_HasThem()
    {
        var run = await _gateway.RunAsync("""
            steps:
              - { id: a, action: generation.echo, compensate: { action: generation.echo } }
              - { id: b, needs: [a], action: test.gate, input: 1 }
            """);
        var work = (await _gateway.GetAsync($"/api/v1/runs/{run.GetProperty("id")}/steps/a")).Body.GetProperty("work").EnumerateArray();
        var undoing = await _gateway.WaitAsync(work.Single(static one => one.GetProperty("stepId").GetString() == "a!").GetProperty("taskId").GetGuid());
        Assert.Equal((45_000, """{"database":2,"search":1}"""), (undoing.GetProperty("timeoutMs").GetInt32(), Resources(undoing)));
    }

    private static (string? Name, string? Description) Title(JsonElement step) => (step.GetProperty("name").GetString(), step.GetProperty("description").GetString());

    private static string Resources(JsonElement task) => JsonSerializer.Serialize(
        task.GetProperty("resources").EnumerateObject().OrderBy(static need => need.Name, StringComparer.Ordinal).ToDictionary(static need => need.Name, static need => need.Value.GetInt32()));
}
