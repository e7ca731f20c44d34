using System.Text.Json;
using Orchestrator.Core.Webhooks;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Api;

public sealed class WebhookTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    private const string Url = "\"url\":\"https://93.184.215.14/hook\"";
    private const string Types = "\"types\":[\"task.failed\"]";

    /// <summary>A body, the status, and every field that must be named.</summary>
    public static TheoryData<string, int, string[]> Bodies => new()
    {
        { "{}", 400, ["/types", "/url"] },
        { "[]", 400, [""] },
        { $"{{{Url},\"types\":[]}}", 400, ["/types"] },
        { $"{{{Url},\"types\":\"*\"}}", 400, ["/types"] },
        { $"{{{Url},\"types\":[\"task.failed\",\"task.failed\",7,\"task.done\"]}}", 400, ["/types/1", "/types/2", "/types/3"] },
        { $"{{{Url},{Types},\"secret\":\"too short\"}}", 400, ["/secret"] },
        { $"{{{Url},{Types},\"workspace\":\"nowhere\"}}", 422, ["/workspace"] },
        {
            "{\"url\":\"ftp://example.org/\",\"types\":[\"x\"],\"secret\":1,\"enabled\":1,\"workspace\":\"A B\",\"description\":[],\"surprise\":1}",
            400,
            ["/description", "/enabled", "/secret", "/surprise", "/types/0", "/url", "/workspace"]
        },
        { $"{{\"url\":\"/hook\",{Types}}}", 400, ["/url"] },
        { $"{{\"url\":\"https:///hook\",{Types}}}", 400, ["/url"] },
        { $"{{\"url\":\"https://user@example.org/\",{Types}}}", 400, ["/url"] },
        { $"{{\"url\":\"https://user:word@example.org/\",{Types}}}", 400, ["/url"] },
        { $"{{\"url\":\"https://93.184.215.14/#part\",{Types}}}", 400, ["/url"] },
        { $"{{\"url\":\"file:///etc/passwd\",{Types}}}", 400, ["/url"] },
        { $"{{\"url\":\"https://{new string('a', 300)}.example/\",{Types}}}", 400, ["/url"] },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Create_BadBody_NamesEveryField(string body, int status, string[] pointers) =>
        Assert.Equal(pointers, (await gateway.PostAsync("/api/v1/webhooks", body, status)).Pointers);

    [Theory]
    [InlineData("http://127.0.0.1:8080/")]
    [InlineData("http://localhost/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f.0.0.1/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[fd00:ec2::254]/")]
    public async Task Create_UrlThatLeadsHome_IsRefused(string url) =>
        Assert.Equal(["/url"], (await gateway.PostAsync("/api/v1/webhooks", new { url, types = new[] { "*" } }, 422)).Pointers);

    [Fact]
    public async Task Create_Webhook_Is201AndShowsItsSecretOnce()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var created = await gateway.PostAsync(
            "/api/v1/webhooks", new { workspace, url = "https://93.184.215.14/hook", types = new[] { "task.failed", "fuse.tripped" }, description = "d" }, 201);

        var id = created.Body.GetProperty("id").GetGuid();
        var read = await gateway.GetAsync($"/api/v1/webhooks/{id}");
        Assert.Equal($"/api/v1/webhooks/{id}", created.Headers.Location!.ToString());
        Assert.Matches("^whsec_[A-Za-z0-9_-]{43}$", created.Text("secret"));
        Assert.False(read.Body.TryGetProperty("secret", out _));
        Assert.Equal((workspace, "d", true), (read.Text("workspace"), read.Text("description"), read.Body.GetProperty("enabled").GetBoolean()));
        Assert.DoesNotContain(created.Text("secret"), (await gateway.GetAsync($"/api/v1/webhooks?workspace={workspace}")).Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_WithItsOwnSecret_Answers201WithIt() =>
        Assert.Equal("a secret of my own", (await gateway.PostAsync("/api/v1/webhooks", $"{{{Url},{Types},\"secret\":\"a secret of my own\"}}", 201)).Text("secret"));

    [Fact]
    public async Task Create_MoreThanThereMayBe_Is422()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        for (var i = 0; i < WebhookLimits.MaxPerWorkspace; i++)
        {
            await NewWebhookAsync(workspace);
        }

        Assert.Equal(["/workspace"], (await gateway.PostAsync("/api/v1/webhooks", $"{{{Url},{Types},\"workspace\":\"{workspace}\"}}", 422)).Pointers);
    }

    [Fact]
    public async Task Patch_SomeMembers_KeepsTheOthers()
    {
        var id = await NewWebhookAsync(await gateway.NewWorkspaceAsync());

        var patched = await gateway.PatchAsync($"/api/v1/webhooks/{id}", new { types = new[] { "*" }, enabled = false, secret = "quite another secret" });

        Assert.Equal(("https://93.184.215.14/hook", "[\"*\"]", false), (patched.Text("url"), patched.Body.GetProperty("types").GetRawText(), patched.Body.GetProperty("enabled").GetBoolean()));
        Assert.False(patched.Body.TryGetProperty("secret", out _));
        Assert.Equal("x", (await gateway.PatchAsync($"/api/v1/webhooks/{id}", new { description = "x" })).Text("description"));
        Assert.Equal(JsonValueKind.Null, (await gateway.PatchAsync($"/api/v1/webhooks/{id}", "{\"description\":null}")).Body.GetProperty("description").ValueKind);
    }

    [Theory]
    [InlineData("{}", 400, new[] { "" })]
    [InlineData("{\"id\":\"b\",\"workspace\":\"c\"}", 400, new[] { "/id", "/workspace" })]
    [InlineData("{\"url\":null,\"types\":null,\"secret\":null,\"enabled\":null}", 400, new[] { "/enabled", "/secret", "/types", "/url" })]
    [InlineData("{\"url\":\"http://10.0.0.1/\"}", 422, new[] { "/url" })]
    public async Task Patch_BadBody_NamesEveryFieldAndChangesNothing(string body, int status, string[] pointers)
    {
        var id = await NewWebhookAsync("default");
        var before = await gateway.GetAsync($"/api/v1/webhooks/{id}");

        Assert.Equal(pointers, (await gateway.PatchAsync($"/api/v1/webhooks/{id}", body, status)).Pointers);

        Assert.Equal(before.Body.ToString(), (await gateway.GetAsync($"/api/v1/webhooks/{id}")).Body.ToString());
    }

    [Fact]
    public async Task List_OfAWorkspace_PagesById()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        Guid[] ids = [await NewWebhookAsync(workspace), await NewWebhookAsync(workspace)];

        var first = await gateway.GetAsync($"/api/v1/webhooks?workspace={workspace}&limit=1");
        var second = await gateway.GetAsync($"/api/v1/webhooks?workspace={workspace}&limit=1&cursor={first.Text("nextCursor")}");

        Assert.Equal(ids.Order(), new[] { first, second }.Select(page => page.Body.GetProperty("items")[0].GetProperty("id").GetGuid()));
        Assert.Equal(JsonValueKind.Null, second.Body.GetProperty("nextCursor").ValueKind);
        Assert.Equal("workspace-not-found", (await gateway.GetAsync("/api/v1/webhooks?workspace=nowhere", 404)).Problem);
    }

    [Fact]
    public async Task Delete_Webhook_IsGone()
    {
        var id = await NewWebhookAsync("default");

        using (var deleted = await gateway.Client.DeleteAsync(new Uri($"/api/v1/webhooks/{id}", UriKind.Relative)))
        {
            await Answer.ReadAsync(deleted, 204);
        }

        Assert.Equal("webhook-not-found", (await gateway.GetAsync($"/api/v1/webhooks/{id}", 404)).Problem);
        Assert.Equal("webhook-not-found", (await gateway.GetAsync($"/api/v1/webhooks/{id}/deliveries", 404)).Problem);
        Assert.Equal(["/id"], (await gateway.GetAsync("/api/v1/webhooks/x", 400)).Pointers);
    }

    [Fact]
    public async Task Deliveries_BadQuery_NamesEveryParameter()
    {
        var id = await NewWebhookAsync("default");

        Assert.Equal(
            ["/cursor", "/limit", "/status", "/x"],
            (await gateway.GetAsync($"/api/v1/webhooks/{id}/deliveries?status=done&limit=0&cursor=*&x=1", 400)).Pointers);
        Assert.Equal("delivery-not-found", (await gateway.PostAsync($"/api/v1/webhooks/{id}/deliveries/nothing/retry", status: 404)).Problem);
    }

    private async Task<Guid> NewWebhookAsync(string workspace) =>
        (await gateway.PostAsync("/api/v1/webhooks", $"{{{Url},{Types},\"workspace\":\"{workspace}\"}}", 201)).Body.GetProperty("id").GetGuid();
}
