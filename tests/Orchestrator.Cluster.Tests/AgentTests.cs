using System.Net;
using System.Text.Json.Nodes;
using Orchestrator.Storage;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Cluster.Tests;

/// <summary>An agent of six turns on silos that die under it.</summary>
public sealed class AgentTests
{
    private static readonly string[] Everywhere = ["turn 1", "turn 2", "turn 3", "turn 4", "tool 2", "turn 5", "turn 6"];

    [PostgresFact]
    public async Task Kill_SiloAtEachTurnAndInsideATool_EndsTheSameAndRepeatsNoFinishedCall()
    {
        await using var calm = await AgentStory.StartAsync();
        await using var rough = await AgentStory.StartAsync(Everywhere);

        var undisturbed = await PlayAsync(calm);
        var disturbed = await PlayAsync(rough);

        Assert.Equal("tide 1; tide 2; tide 3", undisturbed["result"]!["report"]!.GetValue<string>());
        Assert.Equal(undisturbed["result"]!.ToJsonString(), disturbed["result"]!.ToJsonString());
        Assert.Equal(undisturbed["usage"]!.ToJsonString(), disturbed["usage"]!.ToJsonString());
        foreach (var story in new[] { calm, rough })
        {
            Assert.Equal([1, 2, 3], story.Finished.Order());
            Assert.Equal([1, 1, 1, 1, 1, 1], story.Answered.OrderBy(turn => turn.Key).Select(turn => turn.Value));
            Assert.All(story.Shown, shown => Assert.Equal(shown.Turn < 4 ? 0 : 1, shown.Messages.Count(message => message == AgentStory.Steering)));
        }

        Assert.Equal(["1", "2", "2", "3"], rough.Calls.Select(call => call.Arguments["n"]!.ToString()));
        Assert.Single(rough.Calls.Where(call => call.Arguments["n"]!.GetValue<int>() == 2).Select(call => call.Key).Distinct());
    }

    /// <summary>The task once it has ended, with a silo killed wherever the story holds an answer back.</summary>
    private static async Task<JsonNode> PlayAsync(AgentStory story)
    {
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString));
        var api = new Api(gateway);
        await api.SendAsync(HttpMethod.Put, "agents/sailor", Sailor(story), HttpStatusCode.Created);
        var silo = await StartSiloAsync(story, schema);
        try
        {
            var submitted = await api.SubmitAsync("default", [new JsonObject { ["action"] = "agent.sailor", ["maxAttempts"] = 20, ["input"] = new JsonObject { ["prompt"] = "When can we sail?" } }]);
            var id = submitted.Single();
            story.AtTurnThree = () => api.SendAsync(
                HttpMethod.Post, $"tasks/{id}/messages", JsonNode.Parse($$"""{"messages":[{"role":"user","content":"{{AgentStory.Steering}}"}]}""")!, HttpStatusCode.Accepted);
            foreach (var _ in story.Held)
            {
                await story.NextHoldAsync();
                await silo.KillAsync();
                await silo.DisposeAsync();
                silo = await StartSiloAsync(story, schema);
            }

            var task = await api.GetTaskAsync(id, waitSeconds: 30);
            Assert.True(task["status"]!.GetValue<string>() == "completed", task.ToJsonString() + silo.Output);
            Assert.Single(await api.ListTasksAsync("default"), other => other["parentId"]?.GetValue<Guid>() == id);
            await using var store = StoreFactory.Open(new StoreOptions { ConnectionString = schema.ConnectionString }, TimeProvider.System);
            Assert.Equal([], await store.Invariants.CheckAsync(CancellationToken.None));
            return task;
        }
        finally
        {
            await silo.DisposeAsync();
        }
    }

    private static Task<ServiceProcess> StartSiloAsync(AgentStory story, IsolatedSchema schema) => ServiceProcess.StartSiloAsync(Settings.OnPostgres(
        schema.ConnectionString, ("Providers:stub:BaseUrl", story.BaseUrl), ("Agents:AllowPrivateAddresses", "true")));

    private static JsonObject Sailor(AgentStory story) => new()
    {
        ["instructions"] = "You know the sea.",
        ["model"] = "stub/m",
        ["tools"] = new JsonArray("create_task", "wait_for_tasks"),
        ["mcpServers"] = new JsonArray(new JsonObject { ["name"] = "tides", ["url"] = story.Tools.ToString() }),
        ["outputSchema"] = JsonNode.Parse("""{"type":"object","required":["report"],"properties":{"report":{"type":"string"}},"additionalProperties":false}"""),
    };
}
