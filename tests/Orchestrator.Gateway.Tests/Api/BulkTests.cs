using System.Text.Json;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.TestKit;

namespace Orchestrator.Gateway.Tests.Api;

public sealed class BulkTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    [Theory]
    [InlineData("{}", 400, new[] { "/filter", "/operation" })]
    [InlineData("{\"operation\":\"cancel\",\"filter\":{}}", 400, new[] { "/filter/workspace" })]
    [InlineData("{\"operation\":\"cancel\",\"filter\":[]}", 400, new[] { "/filter" })]
    [InlineData("{\"operation\":\"cancel\",\"filter\":{\"workspace\":\"nowhere\"}}", 422, new[] { "/filter/workspace" })]
    [InlineData("{\"operation\":\"cancel\",\"filter\":{\"workspace\":\"default\"},\"workspace\":\"default\"}", 400, new[] { "/workspace" })]
    [InlineData("{\"operation\":\"move\",\"filter\":{\"workspace\":\"default\"}}", 400, new[] { "/workspace" })]
    [InlineData("{\"operation\":\"move\",\"filter\":{\"workspace\":\"default\"},\"workspace\":\"default\"}", 400, new[] { "/workspace" })]
    [InlineData("{\"operation\":\"move\",\"filter\":{\"workspace\":\"default\"},\"workspace\":\"nowhere\"}", 422, new[] { "/workspace" })]
    [InlineData(
        "{\"operation\":\"drop\",\"filter\":{\"workspace\":\"A B\",\"status\":\"gone\",\"action\":\"X\",\"tag\":\"\",\"parentId\":\"p\",\"createdAfter\":\"now\",\"createdBefore\":1,\"x\":1},\"dryRun\":1,\"y\":2}",
        400,
        new[]
        {
            "/dryRun", "/filter/action", "/filter/createdAfter", "/filter/createdBefore", "/filter/parentId", "/filter/status", "/filter/tag", "/filter/workspace",
            "/filter/x", "/operation", "/y",
        })]
    public async Task Create_BadBody_NamesEveryField(string body, int status, string[] pointers) =>
        Assert.Equal(pointers, (await gateway.PostAsync("/api/v1/tasks/bulk", body, status)).Pointers);

    [Fact]
    public async Task Cancel_ByTag_CountsFirstAndThenCancelsThose()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var tagged = await gateway.SubmitAsync(workspace, new { action = "nobody.serves", tags = new[] { "t" } });
        var other = await gateway.SubmitAsync(workspace, new { action = "nobody.serves" });
        var filter = new { workspace, tag = "t" };

        var dryRun = await gateway.PostAsync("/api/v1/tasks/bulk", new { operation = "cancel", filter, dryRun = true }, 202);
        Assert.Equal((true, "completed", 1), (dryRun.Body.GetProperty("dryRun").GetBoolean(), dryRun.Text("status"), dryRun.Body.GetProperty("matched").GetInt32()));
        Assert.Equal("queued", (await gateway.GetAsync($"/api/v1/tasks/{tagged}")).Text("status"));
        var ended = await RunAsync(new { operation = "cancel", filter });

        Assert.Equal((1, 1, 0), Counts(ended));
        Assert.Equal("cancelled", (await gateway.GetAsync($"/api/v1/tasks/{tagged}")).Text("status"));
        Assert.Equal("queued", (await gateway.GetAsync($"/api/v1/tasks/{other}")).Text("status"));
    }

    [Fact]
    public async Task Retry_OfCompletedTasks_RunsThemAgain()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var task = await gateway.SubmitAsync(workspace, new { action = EchoWorker.Action, input = "again" });
        await gateway.WaitAsync(task);

        var ended = await RunAsync(new { operation = "retry", filter = new { workspace, status = "completed" } });

        Assert.Equal((1, 1, 0), Counts(ended));
        var repeated = (await gateway.GetAsync($"/api/v1/workspaces/{workspace}/tasks")).Body.GetProperty("items").EnumerateArray()
            .Single(item => item.GetProperty("redriveOf").ValueKind == JsonValueKind.String);
        Assert.Equal(task, repeated.GetProperty("redriveOf").GetGuid());
        Assert.Equal("again", (await gateway.WaitAsync(repeated.GetProperty("id").GetGuid())).GetProperty("result").GetString());
    }

    [Fact]
    public async Task Move_PendingTasks_RunInTheOtherWorkspace()
    {
        var from = await gateway.NewWorkspaceAsync();
        var to = await gateway.NewWorkspaceAsync();
        await gateway.PostAsync($"/api/v1/workspaces/{from}/pause");
        var task = await gateway.SubmitAsync(from, new { action = EchoWorker.Action, input = 1 });

        var ended = await RunAsync(new { operation = "move", filter = new { workspace = from }, workspace = to });

        Assert.Equal((1, 1, 0), Counts(ended));
        var moved = await gateway.WaitAsync(task);
        Assert.Equal((to, "completed"), (moved.GetProperty("workspace").GetString(), moved.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Get_UnknownOperation_Is404()
    {
        Assert.Equal("bulk-not-found", (await gateway.GetAsync("/api/v1/tasks/bulk/01890a5d-ac96-774b-bcce-b302099a8057", 404)).Problem);
        Assert.Equal(["/id"], (await gateway.GetAsync("/api/v1/tasks/bulk/x", 400)).Pointers);
    }

    /// <summary>The operation once it is completed.</summary>
    private async Task<JsonElement> RunAsync(object body)
    {
        var accepted = await gateway.PostAsync("/api/v1/tasks/bulk", body, 202);
        var path = accepted.Headers.Location!.ToString();
        Assert.Equal($"/api/v1/tasks/bulk/{accepted.Text("id")}", path);
        await Eventually.TrueAsync(
            async () => (await gateway.GetAsync(path)).Text("status") == "completed",
            TimeSpan.FromSeconds(30),
            () => "The operation did not complete.");
        return (await gateway.GetAsync(path)).Body;
    }

    private static (long Matched, long Done, long Skipped) Counts(JsonElement operation) =>
        (operation.GetProperty("matched").GetInt64(), operation.GetProperty("done").GetInt64(), operation.GetProperty("skipped").GetInt64());
}
