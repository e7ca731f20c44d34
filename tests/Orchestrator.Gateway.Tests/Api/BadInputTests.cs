using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Api;

public sealed class BadInputTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    private const string Unknown = "01890a5d-ac96-774b-bcce-b302099a8057";

    /// <summary>A body, the status, the problem, and every field that must be named.</summary>
    public static TheoryData<string, int, string, string[]> Bodies => new()
    {
        { "", 400, "malformed-json", [""] },
        { "{", 400, "malformed-json", [""] },
        { "{\"action\":\"a\",}", 400, "malformed-json", [""] },
        { "{\"action\":\"a\"} x", 400, "malformed-json", [""] },
        { "[]", 400, "validation", [""] },
        { "null", 400, "validation", [""] },
        { "{}", 400, "validation", ["/action"] },
        { "{\"action\":null}", 400, "validation", ["/action"] },
        { "{\"action\":\"Not An Action\"}", 400, "validation", ["/action"] },
        { "{\"action\":\"a\",\"action\":\"b\"}", 400, "validation", ["/action"] },
        { "{\"action\":\"a\",\"input\":{\"x\":[{\"y\":1,\"y\":2}]}}", 400, "validation", ["/input/x/0/y"] },
        { "{\"action\":\"a\",\"input\":{\"x\":1,\"\\u0078\":2}}", 400, "validation", ["/input/x"] },
        { "{\"action\":\"a\",\"surprise\":1,\"a/b~c\":2}", 400, "validation", ["/a~1b~0c", "/surprise"] },
        { "{\"action\":\"a\",\"name\":\"x\\u0000\",\"input\":[\"\\u0000\",\"\\ud800\"]}", 400, "validation", ["/input/0", "/input/1", "/name"] },
        { "{\"action\":\"a\",\"input\":{\"k\\u0000\":1}}", 400, "validation", ["/input/k\\u0000"] },
        { "{\"action\":\"a\",\"name\":\"\\udc00\\ud800\"}", 400, "validation", ["/name"] },
        {
            "{\"action\":1,\"name\":2,\"description\":[],\"ownerId\":{},\"tags\":\"x\",\"priority\":\"urgent\",\"maxAttempts\":0,\"timeoutMs\":1.5,"
            + "\"deadlineAt\":\"tomorrow\",\"runAt\":\"2030-01-01T00:00:00\",\"parentId\":\"p\",\"dependsOn\":[\"d\",3],\"onDependencyFailure\":\"ask\","
            + "\"resources\":{\"r\":0,\"R!\":1},\"skills\":[1]}",
            400,
            "validation",
            [
                "/action", "/deadlineAt", "/dependsOn/0", "/dependsOn/1", "/description", "/maxAttempts", "/name", "/onDependencyFailure",
                "/ownerId", "/parentId", "/priority", "/resources/R!", "/resources/r", "/runAt", "/skills/0", "/tags", "/timeoutMs",
            ]
        },
        { "{\"action\":\"a\",\"priority\":1001,\"tags\":[\"x\",\"x\",\"\"]}", 400, "validation", ["/priority", "/tags/1", "/tags/2"] },
        { "{\"action\":\"a\",\"skills\":[1,\"Law!\",\"law\",\"law\",\"\"]}", 400, "validation", ["/skills/0", "/skills/1", "/skills/3", "/skills/4"] },
        { "{\"action\":\"a\",\"skills\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\",\"j\",\"k\"]}", 400, "validation", ["/skills"] },
        { "{\"action\":\"a\",\"ref\":\"x\"}", 400, "validation", ["/ref"] },
        { "{\"action\":\"a\",\"deadlineAt\":\"2020-01-01T00:00:00Z\"}", 422, "unprocessable", ["/deadlineAt"] },
        { "{\"action\":\"a\",\"deadlineAt\":\"2090-01-01T00:00:00Z\",\"runAt\":\"2090-01-01T01:00:00+01:00\"}", 422, "unprocessable", ["/runAt"] },
        { "{\"action\":\"a\",\"deadlineAt\":\"2020-01-01T00:00:00Z\",\"name\":7}", 400, "validation", ["/deadlineAt", "/name"] },
        { $"{{\"action\":\"a\",\"parentId\":\"{Unknown}\",\"dependsOn\":[\"{Unknown}\"]}}", 422, "unprocessable", ["/dependsOn/0", "/parentId"] },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Submit_BadBody_NamesEveryFieldAndStoresNothing(string body, int status, string problem, string[] pointers)
    {
        var workspace = await gateway.NewWorkspaceAsync();

        var answer = await gateway.PostAsync($"/api/v1/workspaces/{workspace}/tasks", body, status);

        Assert.Equal(problem, answer.Problem);
        Assert.Equal(pointers, answer.Pointers);
        Assert.Equal(0, await gateway.CountAsync(workspace));
    }

    [Fact]
    public async Task Submit_NestedSixtyFourDeep_IsAcceptedAndOneDeeperIsNot()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        static string Nested(int depth) => $"{{\"action\":\"a\",\"input\":{new string('[', depth - 1)}{new string(']', depth - 1)}}}";

        await gateway.PostAsync($"/api/v1/workspaces/{workspace}/tasks", Nested(64), 202);
        var refused = await gateway.PostAsync($"/api/v1/workspaces/{workspace}/tasks", Nested(65), 400);
        var hostile = await gateway.PostAsync($"/api/v1/workspaces/{workspace}/tasks", Nested(10_000), 400);

        Assert.Equal("validation", refused.Problem);
        Assert.StartsWith("/input/0/0", Assert.Single(refused.Pointers), StringComparison.Ordinal);
        Assert.Single(hostile.Pointers);
        Assert.Equal(1, await gateway.CountAsync(workspace));
    }

    [Theory]
    [InlineData("{\"action\":\"a\",}", "The body is malformed at line 1, byte 15: there is a comma after the last member or item.")]
    [InlineData("{\"action\":\"a\",\"tags\":[\"x\",]}", "The body is malformed at line 1, byte 27: there is a comma after the last member or item.")]
    public async Task Submit_TrailingComma_IsToldInOurWords(string body, string detail)
    {
        var workspace = await gateway.NewWorkspaceAsync();

        var answer = await gateway.PostAsync($"/api/v1/workspaces/{workspace}/tasks", body, 400);

        Assert.Equal(detail, answer.Text("detail"));
    }

    [Fact]
    public async Task Submit_InvalidUtf8_Is400()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var bytes = Encoding.UTF8.GetBytes("{\"action\":\"a\",\"name\":\"?\"}");
        bytes[^3] = 0xFF;
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        var answer = await gateway.PostAsync($"/api/v1/workspaces/{workspace}/tasks", content, 400);

        Assert.Equal("malformed-json", answer.Problem);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"byte {bytes.Length - 2}"), answer.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(0, await gateway.CountAsync(workspace));
    }

    [Fact]
    public async Task Submit_InputOfOneMebibyte_IsAcceptedAndOneByteMoreIs413()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        static string Body(int bytes) => $"{{\"action\":\"a\",\"input\":\"{new string('x', bytes - 2)}\"}}";

        await gateway.PostAsync($"/api/v1/workspaces/{workspace}/tasks", Body(1024 * 1024), 202);
        var refused = await gateway.PostAsync($"/api/v1/workspaces/{workspace}/tasks", Body((1024 * 1024) + 1), 413);

        Assert.Equal("too-large", refused.Problem);
        Assert.Equal(["/input"], refused.Pointers);
        Assert.Equal(1, await gateway.CountAsync(workspace));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Submit_BodyOverTheLimit_Is413(bool chunked)
    {
        var workspace = await gateway.NewWorkspaceAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/workspaces/{workspace}/tasks");
        request.Headers.TransferEncodingChunked = chunked;

        // An announced length is refused unread where the client waits for leave to send.
        request.Headers.ExpectContinue = !chunked;
        request.Content = TestGateway.Json(new string(' ', 2 * 1024 * 1024));

        using var response = await gateway.Client.SendAsync(request);

        Assert.Equal("too-large", (await Answer.ReadAsync(response, 413)).Problem);
        Assert.Equal(0, await gateway.CountAsync(workspace));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task Submit_OtherContentType_Is415(string? type)
    {
        var workspace = await gateway.NewWorkspaceAsync();
        using var content = new ByteArrayContent("{\"action\":\"a\"}"u8.ToArray());
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);

        var answer = await gateway.PostAsync($"/api/v1/workspaces/{workspace}/tasks", content, 415);

        Assert.Equal("unsupported-media-type", answer.Problem);
        Assert.Equal(["/Content-Type"], answer.Pointers);
        Assert.Equal(0, await gateway.CountAsync(workspace));
    }

    [Fact]
    public async Task Submit_FaultsInPathHeaderAndBody_AreToldTogether()
    {
        var answer = await gateway.PostAsync("/api/v1/workspaces/Bad!/tasks", new { action = "a", name = 1 }, 400, ("Idempotency-Key", "a b"));

        Assert.Equal(["/Idempotency-Key", "/name", "/ws"], answer.Pointers);
    }

    [Theory]
    [InlineData("/api/v1/workspaces/Bad!/tasks", 400, "validation", new[] { "/ws" })]
    [InlineData("/api/v1/workspaces/nowhere/tasks", 404, "workspace-not-found", new string[0])]
    [InlineData("/api/v1/workspaces/default/tasks?wait=1", 400, "validation", new[] { "/wait" })]
    public async Task Submit_BadPath_IsRefused(string path, int status, string problem, string[] pointers)
    {
        var answer = await gateway.PostAsync(path, new { action = "a" }, status);

        Assert.Equal(problem, answer.Problem);
        Assert.Equal(pointers, answer.Pointers);
    }

    [Fact]
    public async Task Submit_ReferencesToAnotherWorkspace_AreNotTold_FromUnknownOnes()
    {
        var mine = await gateway.NewWorkspaceAsync();
        var theirs = await gateway.NewWorkspaceAsync();
        var foreign = await gateway.SubmitAsync(theirs, new { action = "nobody.serves" });
        var known = await gateway.SubmitAsync(mine, new { action = "nobody.serves" });

        var answer = await gateway.PostAsync(
            $"/api/v1/workspaces/{mine}/tasks", new { action = "a", parentId = foreign, dependsOn = new[] { known, foreign, Guid.Parse(Unknown) } }, 422);

        Assert.Equal(["/dependsOn/1", "/dependsOn/2", "/parentId"], answer.Pointers);
        Assert.Equal(1, await gateway.CountAsync(mine));
    }

    [Fact]
    public async Task Submit_ThousandsOfBadFields_AnswersABoundedList()
    {
        var members = string.Join(',', Enumerable.Range(0, 5_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"x{i}\":1")));

        var answer = await gateway.PostAsync("/api/v1/workspaces/default/tasks", $"{{\"action\":\"a\",{members}}}", 400);

        Assert.Equal(1_000, answer.Pointers.Count);
        Assert.Contains("5000", answer.Text("detail"), StringComparison.Ordinal);
    }
}
