using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Gateway.Auditing;
using Orchestrator.Gateway.Security;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.Storage;
using Orchestrator.Storage.Audit;
using Orchestrator.TestKit;

namespace Orchestrator.Gateway.Tests.Api;

public sealed partial class AuditTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    [Fact]
    public async Task Change_OfEachKind_IsWrittenWithItsTargetAndWorkspace()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var task = await gateway.SubmitAsync(workspace, new { action = "nobody.serves" });
        await gateway.PatchAsync($"/api/v1/tasks/{task}", new { priority = 1 });
        await gateway.PostAsync($"/api/v1/tasks/{task}/cancel");
        await gateway.PostAsync($"/api/v1/tasks/{task}/cancel", status: 409);
        await gateway.PostAsync($"/api/v1/workspaces/{workspace}/fuses/antiLoop/reset");
        await gateway.PostAsync("/api/v1/tasks/bulk", new { operation = "cancel", filter = new { workspace }, dryRun = true }, 202);
        var bulk = (await gateway.PostAsync("/api/v1/tasks/bulk", new { operation = "cancel", filter = new { workspace } }, 202)).Body.GetProperty("id").GetString();
        await gateway.GetAsync($"/api/v1/tasks/{task}");

        Assert.Equal(
            [
                ("CreateBulkOperation", "tasks", $"bulk/{bulk}", 202, null),
                ("ResetFuse", "workspaces", $"{workspace}/fuses/antiLoop", 200, null),
                ("CancelTask", "tasks", $"{task}", 409, "urn:orchestrator:problem:task-ended"),
                ("CancelTask", "tasks", $"{task}", 200, null),
                ("PatchTask", "tasks", $"{task}", 200, null),
                ("CreateWorkspace", "workspaces", workspace, 201, (string?)null),
            ],
            (await ListAsync($"?workspace={workspace}")).Select(entry => (Text(entry, "operation")!, Text(entry, "targetKind")!, Text(entry, "targetId")!, entry.GetProperty("status").GetInt32(), Text(entry, "problemType"))));
        var first = (await ListAsync($"?workspace={workspace}&operation=CreateWorkspace&actor=anonymous&createdAfter=2020-01-01T00:00:00Z")).Single();
        Assert.Equal(("anonymous", "127.0.0.1"), (Text(first, "actor"), Text(first, "sourceAddress")));
        Assert.NotEmpty(Text(first, "traceId")!);
    }

    [Fact]
    public async Task Change_Refused_IsWrittenWhateverItsPathAndBodyHold()
    {
        var hostile = Uri.EscapeDataString("\u202E<script>" + new string('x', 5_000) + "\U0001F600");
        await gateway.PostAsync($"/api/v1/workspaces/{hostile}/pause", status: 400);
        await gateway.PutAsync("/api/v1/agents/secretive", """{"instructions": 5, "apiKey": "sk-never"}""", 400);
        await gateway.PostAsync("/api/v1/workspaces?unknown=1", new { id = "x" }, 400);

        var entries = await ListAsync("?limit=3");

        Assert.Equal(["CreateWorkspace", "PutAgent", "PauseWorkspace"], entries.Select(entry => Text(entry, "operation")!));
        Assert.All(entries, entry => Assert.Equal(400, entry.GetProperty("status").GetInt32()));
        Assert.StartsWith("\u202E<script>x", Text(entries[2], "targetId"), StringComparison.Ordinal);
        Assert.Equal(300, Text(entries[2], "targetId")!.Length);
        Assert.DoesNotContain("sk-never", string.Concat(entries.Select(entry => entry.GetRawText())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mcp_AToolThatChanges_IsWrittenAsItsOperation()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var task = await gateway.SubmitAsync(workspace, new { action = "nobody.serves" });
        using var call = new HttpRequestMessage(HttpMethod.Post, "/mcp");
        call.Content = JsonContent.Create(new { jsonrpc = "2.0", id = 1, method = "tools/call", @params = new { name = "cancel_task", arguments = new { task } } });
        call.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        using var called = await gateway.Client.SendAsync(call);
        Assert.Contains("\"cancelled\"", await called.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var entry = (await ListAsync($"?workspace={workspace}&operation=CancelTask")).Single();

        Assert.Equal(($"{task}", "127.0.0.1"), (Text(entry, "targetId"), Text(entry, "sourceAddress")));
    }

    [Fact]
    public async Task List_ByPartsAndBadQueries_GoesOnAndNamesEveryField()
    {
        var workspace = await gateway.NewWorkspaceAsync(new { name = "n" });
        var first = (await gateway.GetAsync($"/api/v1/audit?workspace={workspace}&limit=1")).Body;
        var second = (await gateway.GetAsync($"/api/v1/audit?workspace={workspace}&limit=1&cursor={Text(first, "nextCursor")}")).Body;

        Assert.Equal(["PatchWorkspace", "CreateWorkspace"], new[] { first, second }.Select(page => Text(page.GetProperty("items")[0], "operation")!));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("nextCursor").ValueKind);
        var bad = await gateway.GetAsync("/api/v1/audit?workspace=A&actor=&operation=pause&createdAfter=now&limit=0&cursor=!", 400);
        Assert.Equal(["/actor", "/createdAfter", "/cursor", "/limit", "/operation", "/workspace"], bad.Body.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order());
        var known = bad.Body.GetProperty("errors").GetProperty("/operation")[0].GetString()!;
        Assert.Contains(" PauseWorkspace,", known, StringComparison.Ordinal);
        Assert.DoesNotContain("SubmitTask", known, StringComparison.Ordinal);
        Assert.DoesNotContain("ListAudit", known, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_LogAway_IsNotAcknowledgedAndARefusalIs()
    {
        await using var own = await TestGateway.StartAsync(builder => builder.Services.AddSingleton<IAuditStore>(new Away()));

        Assert.Equal("store-unavailable", (await own.PostAsync("/api/v1/workspaces", new { id = "x" }, 503)).Problem);
        await own.PostAsync("/api/v1/workspaces", new { id = "x" }, 409);
    }

    [Fact]
    public async Task List_CallerWithOneWorkspace_SeesItsOwnWithItsName()
    {
        var resolver = new FakeCallers();
        await using var own = await TestGateway.StartAsync(builder => builder.Services.AddSingleton<ICallerResolver>(resolver));
        var mine = await own.NewWorkspaceAsync();
        await own.NewWorkspaceAsync();
        resolver.Caller = CallerContext.Of(mine).Named("ann");
        await own.PostAsync($"/api/v1/workspaces/{mine}/pause");

        var seen = (await own.GetAsync("/api/v1/audit")).Body.GetProperty("items").EnumerateArray().Select(entry => (Text(entry, "actor"), Text(entry, "operation")));

        Assert.Equal([("ann", "PauseWorkspace"), ("anonymous", "CreateWorkspace")], seen);
    }

    [Fact]
    public void Document_OperationsLeftOut_AreThoseOfTheGateway()
    {
        var operations = gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<NotAudited>() is not null)
            .Select(endpoint => endpoint.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName);

        Assert.Equal(operations.Order(), Row().Matches(File.ReadAllText(RepositoryFolder.Combine("docs", "audit.md"))).Select(row => row.Groups["name"].Value).Order());
    }

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();

    private async Task<List<JsonElement>> ListAsync(string query) =>
        [.. (await gateway.GetAsync($"/api/v1/audit{query}")).Body.GetProperty("items").EnumerateArray()];

    [GeneratedRegex(@"^\| `(?<name>\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    private sealed class Away : IAuditStore
    {
        public Task WriteAsync(NewAuditEntry entry, CancellationToken cancellationToken) => Task.FromException(new StoreUnavailableException("away"));

        public Task<IReadOnlyList<AuditEntry>> ListAsync(AuditQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
