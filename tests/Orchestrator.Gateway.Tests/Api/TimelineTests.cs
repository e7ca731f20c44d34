using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Gateway.Security;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.TestKit;

namespace Orchestrator.Gateway.Tests.Api;

public sealed class TimelineTests(TimelineFixture fixture) : IClassFixture<TimelineFixture>
{
    private readonly TestGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task GetTimeline_TasksOfEveryEnd_AreCountedInTheTotalsAndABucket()
    {
        var workspace = await _gateway.NewWorkspaceAsync();
        await _gateway.WaitAsync(await _gateway.SubmitAsync(workspace, new { action = EchoWorker.Action, input = 1 }));
        await FailAsync(workspace, "row 17 of \"a\" is bad");
        await FailAsync(workspace, "row 18 of \"b\" is bad");
        var cancelled = await _gateway.SubmitAsync(workspace, new { action = "nobody.serves" });
        await _gateway.PostAsync($"/api/v1/tasks/{cancelled}/cancel");

        var timeline = await PollAsync($"/api/v1/stats/timeline?workspace={workspace}", body => body.GetProperty("totals").GetProperty("cancelled").GetInt64() == 1 && body.GetProperty("totals").GetProperty("failed").GetInt64() == 2);

        var totals = timeline.GetProperty("totals");
        Assert.Equal([4, 1, 2, 1, 0], new[] { "submitted", "completed", "failed", "cancelled", "retried" }.Select(name => totals.GetProperty(name).GetInt64()));
        Assert.Equal((60, 60), (timeline.GetProperty("bucketSeconds").GetInt32(), timeline.GetProperty("buckets").GetArrayLength()));
        Assert.True(totals.GetProperty("queueP95").GetDouble() > 0);
        Assert.True(totals.GetProperty("durationP50").GetDouble() <= totals.GetProperty("durationP99").GetDouble());
        Assert.Equal((3, 0.5m), (totals.GetProperty("inputTokens").GetInt64(), totals.GetProperty("cost").GetDecimal()));
        var buckets = timeline.GetProperty("buckets").EnumerateArray().ToList();
        Assert.Equal(4, buckets.Sum(bucket => bucket.GetProperty("submitted").GetInt64()));
        Assert.Equal(JsonValueKind.Null, buckets[0].GetProperty("queueP50").ValueKind);
        Assert.Equal(timeline.GetProperty("from").GetString(), buckets[0].GetProperty("at").GetString());
        Assert.Equal(1, (await _gateway.GetAsync($"/api/v1/stats/timeline?workspace={workspace}&action={EchoWorker.Action}&durationSeconds=120")).Body.GetProperty("totals").GetProperty("submitted").GetInt64());

        var error = Assert.Single((await PollAsync($"/api/v1/errors?workspace={workspace}", body => body.GetProperty("items").GetArrayLength() > 0)).GetProperty("items").EnumerateArray());
        Assert.Equal((workspace, "timeline.fails", "worker_error", 2), (Text(error, "workspace"), Text(error, "action"), Text(error, "code"), error.GetProperty("failed").GetInt32()));
        Assert.Equal("row 18 of \"b\" is bad", Text(error, "message"));
    }

    [Fact]
    public async Task GetTimeline_BadQueries_NameEveryField()
    {
        var answer = await _gateway.GetAsync("/api/v1/stats/timeline?workspace=No%20Name&action=A%00&durationSeconds=7201&other=1", 400);
        var errors = await _gateway.GetAsync("/api/v1/errors?sort=worst&cursor=x&limit=0", 400);

        Assert.Equal(["/action", "/durationSeconds", "/other", "/workspace"], answer.Body.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order());
        Assert.Equal(["/cursor", "/limit", "/sort"], errors.Body.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order());
        Assert.Equal("workspace-not-found", (await _gateway.GetAsync("/api/v1/stats/timeline?workspace=nobody", 404)).Problem);
        Assert.Equal("workspace-not-found", (await _gateway.GetAsync("/api/v1/errors?workspace=nobody", 404)).Problem);
    }

    [Theory]
    [InlineData("253402300800000000.0123456789abcdef")]
    [InlineData("9223372036854775807.0123456789abcdef")]
    [InlineData("-1.0123456789abcdef")]
    public async Task GetErrors_CursorBeyondAllTimes_IsRefused(string place)
    {
        var cursor = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(place)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

        Assert.Equal(["/cursor"], (await _gateway.GetAsync($"/api/v1/errors?cursor={cursor}", 400)).Pointers);
    }

    [Fact]
    public async Task GetTimeline_CallerWithOneWorkspace_SeesNothingOfTheOthers()
    {
        var resolver = new FakeCallers();
        await using var gateway = await TestGateway.StartAsync(builder => builder.Services.AddSingleton<ICallerResolver>(resolver), "--Timeline:FlushInterval", "100ms");
        var (mine, theirs) = (await gateway.NewWorkspaceAsync(), await gateway.NewWorkspaceAsync());
        await gateway.SubmitAsync(theirs, new { action = "nobody.serves" });
        await gateway.SubmitAsync(theirs, new { action = "nobody.serves" });
        await gateway.SubmitAsync(mine, new { action = "nobody.serves" });
        await PollAsync(gateway, "/api/v1/stats/timeline", body => Submitted(body) == 3);

        resolver.Caller = CallerContext.Of(mine);

        Assert.Equal(1, Submitted((await gateway.GetAsync("/api/v1/stats/timeline")).Body));
        Assert.Equal(1, Submitted((await gateway.GetAsync("/api/v1/stats/timeline?action=nobody.serves")).Body));
        await gateway.GetAsync($"/api/v1/stats/timeline?workspace={theirs}", 404);
        await gateway.GetAsync($"/api/v1/errors?workspace={theirs}", 404);
        await gateway.GetAsync($"/api/v1/audit?workspace={theirs}", 404);
    }

    private static long Submitted(JsonElement timeline) => timeline.GetProperty("totals").GetProperty("submitted").GetInt64();

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();

    private async Task FailAsync(string workspace, string message)
    {
        var id = await _gateway.SubmitAsync(workspace, new { action = "timeline.fails" });
        var leases = (await _gateway.PostAsync("/api/v1/leases", new { actions = new[] { "timeline.fails" }, waitMs = 10_000 })).Body.GetProperty("leases");
        await _gateway.PostAsync(
            $"/api/v1/leases/{leases[0].GetProperty("token").GetString()}/fail",
            new { code = "worker_error", message, retryable = false, usage = new { inputTokens = message.Contains("17", StringComparison.Ordinal) ? 1 : 2, cost = 0.25 } });
        await _gateway.WaitAsync(id);
    }

    private Task<JsonElement> PollAsync(string path, Func<JsonElement, bool> isThere) => PollAsync(_gateway, path, isThere);

    private static async Task<JsonElement> PollAsync(TestGateway gateway, string path, Func<JsonElement, bool> isThere)
    {
        JsonElement body = default;
        await Eventually.TrueAsync(async () => isThere(body = (await gateway.GetAsync(path)).Body), TimeSpan.FromSeconds(30), () => $"{path} still answers {body}");
        return body;
    }
}
