using System.Globalization;
using System.Text.Json;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Api;

public sealed class BatchTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    public static TheoryData<string, int, string[]> Bodies => new()
    {
        { "{}", 400, ["/tasks"] },
        { "{\"tasks\":[]}", 400, ["/tasks"] },
        { "{\"tasks\":{}}", 400, ["/tasks"] },
        { "{\"tasks\":[{\"action\":\"a\"}],\"more\":1}", 400, ["/more"] },
        { "{\"tasks\":[{\"action\":\"a\"},7,{\"action\":\"a\",\"timeoutMs\":0,\"x\":1},{\"name\":\"n\"}]}", 400, ["/tasks/1", "/tasks/2/timeoutMs", "/tasks/2/x", "/tasks/3/action"] },
        { "{\"tasks\":[{\"action\":\"a\",\"ref\":\"x\"},{\"action\":\"a\",\"ref\":\"x\"}]}", 400, ["/tasks/1/ref"] },
        { "{\"tasks\":[{\"action\":\"a\",\"ref\":\"01890a5d-ac96-774b-bcce-b302099a8057\"}]}", 400, ["/tasks/0/ref"] },
        { "{\"tasks\":[{\"action\":\"a\",\"ref\":\"x\"},{\"action\":\"a\",\"dependsOn\":[\"x\",\"x\"]}]}", 400, ["/tasks/1/dependsOn/1"] },
        { "{\"tasks\":[{\"action\":\"a\",\"dependsOn\":[\"nowhere\"]}]}", 422, ["/tasks/0/dependsOn/0"] },
        { "{\"tasks\":[{\"action\":\"a\",\"dependsOn\":[\"01890a5d-ac96-774b-bcce-b302099a8057\"]},{\"action\":\"a\"}]}", 422, ["/tasks/0/dependsOn/0"] },
        { "{\"tasks\":[{\"action\":\"a\",\"ref\":\"x\",\"dependsOn\":[\"x\"]}]}", 422, ["/tasks/0/dependsOn"] },
        {
            "{\"tasks\":[{\"action\":\"a\",\"ref\":\"x\",\"dependsOn\":[\"z\"]},{\"action\":\"a\",\"ref\":\"y\",\"dependsOn\":[\"x\"]},{\"action\":\"a\",\"ref\":\"z\",\"dependsOn\":[\"y\"]},{\"action\":\"a\",\"dependsOn\":[\"x\"]}]}",
            422,
            ["/tasks/0/dependsOn", "/tasks/1/dependsOn", "/tasks/2/dependsOn"]
        },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task SubmitBatch_OneBadItem_NamesItAndStoresNothing(string body, int status, string[] pointers)
    {
        var workspace = await gateway.NewWorkspaceAsync();

        var answer = await gateway.PostAsync($"/api/v1/workspaces/{workspace}/tasks/batch", body, status);

        Assert.Equal(pointers, answer.Pointers);
        Assert.Equal(0, await gateway.CountAsync(workspace));
    }

    [Fact]
    public async Task SubmitBatch_OversizeInputInOneItem_Is413ThatNamesIt()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var body = $"{{\"tasks\":[{{\"action\":\"a\"}},{{\"action\":\"a\",\"input\":\"{new string('x', 1024 * 1024)}\"}}]}}";

        var answer = await gateway.PostAsync($"/api/v1/workspaces/{workspace}/tasks/batch", body, 413);

        Assert.Equal(["/tasks/1/input"], answer.Pointers);
        Assert.Equal(0, await gateway.CountAsync(workspace));
    }

    [Fact]
    public async Task SubmitBatch_TenThousandTasks_AreStoredInOrderAndOneMoreIsRefused()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        static string Batch(int count) => $"{{\"tasks\":[{string.Join(',', Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{{\"action\":\"nobody.serves\",\"name\":\"n{i}\"}}")))}]}}";

        var refused = await gateway.PostAsync($"/api/v1/workspaces/{workspace}/tasks/batch", Batch(10_001), 400);
        var accepted = await gateway.PostAsync($"/api/v1/workspaces/{workspace}/tasks/batch", Batch(10_000), 202);

        Assert.Equal(["/tasks"], refused.Pointers);
        var ids = accepted.Body.GetProperty("ids").EnumerateArray().Select(id => id.GetGuid()).ToList();
        Assert.Equal(10_000, ids.Distinct().Count());
        Assert.Equal("n9999", (await gateway.GetAsync($"/api/v1/tasks/{ids[^1]}")).Text("name"));
        Assert.Equal(10_000, await gateway.CountAsync(workspace));
    }

    [Fact]
    public async Task SubmitBatch_DependenciesByRef_RunInTheirOrder()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var accepted = await gateway.PostAsync(
            $"/api/v1/workspaces/{workspace}/tasks/batch",
            new
            {
                tasks = new object[]
                {
                    new { action = EchoWorker.Action, input = "last", dependsOn = new[] { "first" } },
                    new { action = EchoWorker.Action, input = "first", @ref = "first" },
                },
            },
            202);

        var ids = accepted.Body.GetProperty("ids").EnumerateArray().Select(id => id.GetGuid()).ToList();
        var last = await gateway.WaitAsync(ids[0]);
        var first = await gateway.WaitAsync(ids[1]);

        Assert.Equal(["completed", "completed"], new[] { last, first }.Select(task => task.GetProperty("status").GetString()));
        Assert.Equal(ids[1], last.GetProperty("dependsOn")[0].GetGuid());
        Assert.True(Time(last, "startedAt") >= Time(first, "finishedAt"));
    }

    private static DateTimeOffset Time(JsonElement task, string member) => task.GetProperty(member).GetDateTimeOffset();
}
