using System.Globalization;
using System.Text.Json;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Api;

public sealed class ListTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    [Fact]
    public async Task List_InPages_ShowsEachTaskOnceNewestFirst()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var tasks = Enumerable.Range(0, 25).Select(i => new { action = "nobody.serves", name = i.ToString(CultureInfo.InvariantCulture) });
        var batch = await gateway.PostAsync($"/api/v1/workspaces/{workspace}/tasks/batch", new { tasks }, 202);

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await gateway.GetAsync($"/api/v1/workspaces/{workspace}/tasks?limit=10{(cursor is null ? "" : $"&cursor={cursor}")}");
            Assert.InRange(page.Body.GetProperty("items").GetArrayLength(), 1, 10);
            seen.AddRange(Ids(page));
            cursor = page.Body.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);

        var ids = batch.Body.GetProperty("ids").EnumerateArray().Select(id => id.GetString()!);
        Assert.Equal(ids.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
        Assert.Equal(seen.OrderDescending(StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task ListAll_TasksOfTwoWorkspaces_AreInOneListByPages()
    {
        var tag = $"all-{Guid.NewGuid()}";
        var expected = new List<string>();
        foreach (var workspace in new[] { await gateway.NewWorkspaceAsync(), await gateway.NewWorkspaceAsync() })
        {
            expected.Insert(0, $"{await gateway.SubmitAsync(workspace, new { action = "nobody.serves", tags = new[] { tag } })}");
        }

        var first = await gateway.GetAsync($"/api/v1/tasks?tag={tag}&status=queued&limit=1");
        var second = await gateway.GetAsync($"/api/v1/tasks?tag={tag}&status=queued&limit=1&cursor={first.Body.GetProperty("nextCursor").GetString()}");

        Assert.Equal(expected, [.. Ids(first), .. Ids(second)]);
        Assert.Equal(JsonValueKind.Null, second.Body.GetProperty("nextCursor").ValueKind);
        Assert.Equal(400, (await gateway.GetAsync("/api/v1/tasks?status=gone", 400)).Body.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task List_WithFilters_ShowsWhatFits()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var parent = await gateway.SubmitAsync(workspace, new { action = "nobody.serves", tags = new[] { "tag one", "b" } });
        var child = await gateway.SubmitAsync(workspace, new { action = "other.action", parentId = parent });
        await gateway.PostAsync($"/api/v1/tasks/{child}/cancel");
        var createdAt = (await gateway.GetAsync($"/api/v1/tasks/{parent}")).Text("createdAt");

        async Task<IReadOnlyList<string>> List(string filter) => Ids(await gateway.GetAsync($"/api/v1/workspaces/{workspace}/tasks?{filter}"));

        Assert.Equal([parent.ToString()], await List("status=queued"));
        Assert.Equal([child.ToString()], await List("action=other.action"));
        Assert.Equal([parent.ToString()], await List("tag=tag%20one"));
        Assert.Equal([child.ToString()], await List($"parentId={parent}"));
        Assert.Equal([child.ToString()], await List($"createdAfter={createdAt}"));
        Assert.Empty(await List("status=completed&tag=b"));
    }

    [Fact]
    public async Task List_BadQuery_NamesEveryParameter()
    {
        var answer = await gateway.GetAsync(
            "/api/v1/workspaces/default/tasks?status=done&limit=501&cursor=!&parentId=x&createdAfter=yesterday&action=A!&tag=&order=up", 400);

        Assert.Equal(["/action", "/createdAfter", "/cursor", "/limit", "/order", "/parentId", "/status", "/tag"], answer.Pointers);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=1.5")]
    [InlineData("limit=")]
    [InlineData("cursor=AAAA")]
    public async Task List_LimitOrCursorOfAnotherForm_Is400(string query) =>
        Assert.Single((await gateway.GetAsync($"/api/v1/workspaces/default/tasks?{query}", 400)).Pointers);

    [Fact]
    public async Task List_UnknownWorkspace_Is404() =>
        Assert.Equal("workspace-not-found", (await gateway.GetAsync("/api/v1/workspaces/nowhere/tasks", 404)).Problem);

    private static List<string> Ids(Answer page) =>
        [.. page.Body.GetProperty("items").EnumerateArray().Select((JsonElement item) => item.GetProperty("id").GetString()!)];
}
