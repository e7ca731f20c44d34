using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Core.Leases;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.Storage;
using Orchestrator.Storage.Silos;
using Orchestrator.TestKit;

namespace Orchestrator.Gateway.Tests.Api;

public sealed class RoutingTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    [Fact]
    public async Task Root_Get_SaysWhatThisIs()
    {
        var answer = await gateway.GetAsync("/");

        Assert.Equal(["name", "version", "status"], answer.Body.EnumerateObject().Select(member => member.Name));
        Assert.Equal("Orchestrator", answer.Text("name"));
        Assert.Equal("ok", answer.Text("status"));
    }

    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    public async Task Health_RunningGateway_IsWell(string path, string status) => Assert.Equal(status, (await gateway.GetAsync(path)).Text("status"));

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/api/v1/nowhere")]
    [InlineData("/api/v2/stats")]
    public async Task Get_UnknownPath_Is404(string path) => Assert.Equal("not-found", (await gateway.GetAsync(path, 404)).Problem);

    [Fact]
    public async Task Request_OtherMethod_Is405ThatNamesTheOnesThatAre()
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/stats");
        using var response = await gateway.Client.SendAsync(request);

        var answer = await Answer.ReadAsync(response, 405);
        Assert.Equal("method-not-allowed", answer.Problem);
        Assert.Equal("DELETE is not served here; GET, HEAD and OPTIONS are.", answer.Body.GetProperty("detail").GetString());
        Assert.Equal(["GET", "HEAD", "OPTIONS"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task Options_KnownPath_Is204WithWhatItTakes()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/v1/workspaces");
        using var response = await gateway.Client.SendAsync(request);

        await Answer.ReadAsync(response, 204);
        Assert.Equal(["GET", "HEAD", "POST", "OPTIONS"], response.Content.Headers.Allow.Order(StringComparer.Ordinal).OrderBy(method => method == "OPTIONS"));
    }

    [Theory]
    [InlineData("/api/v1/stats", 200)]
    [InlineData("/api/v1/tasks/01890a5d-ac96-774b-bcce-b302099a8057", 404)]
    public async Task Head_AnyPath_AnswersAsGetWithoutBody(string path, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var response = await gateway.Client.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/v1/tasks/x")]
    public async Task Response_Any_CannotBeSniffed(string path)
    {
        using var response = await gateway.Client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Stats_OfAWorkspace_CountEveryState()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        await gateway.SubmitAsync(workspace, new { action = "nobody.serves" });

        var stats = await gateway.GetAsync($"/api/v1/stats?workspace={workspace}");

        Assert.Equal(8, stats.Body.GetProperty("tasks").EnumerateObject().Count());
        Assert.Equal(1, stats.Body.GetProperty("tasks").GetProperty("queued").GetInt64());
        Assert.Equal(1, stats.Body.GetProperty("silos").GetInt32());
        Assert.Equal(8, stats.Body.GetProperty("slots").GetInt32());
        await gateway.GetAsync("/api/v1/stats?workspace=nowhere", 404);
    }

    [Fact]
    public async Task Silos_EmbeddedSilo_SaysWhatItServes()
    {
        var silo = (await gateway.GetAsync("/api/v1/silos")).Body.GetProperty("items").EnumerateArray().Single();

        Assert.Contains(EchoWorker.Action, silo.GetProperty("actions").EnumerateArray().Select(action => action.GetProperty("action").GetString()));
        Assert.Equal(Environment.ProcessId, silo.GetProperty("processId").GetInt32());
    }

    [Fact]
    public async Task Silos_SiloSilentForALease_IsShownAsLostAndIsNoCapacity()
    {
        await using var other = await TestGateway.StartAsync(builder => builder.Services.AddSingleton<ISiloStore>(
            provider => new LostSiloStore(provider.GetRequiredService<IStore>().Silos, LeasePolicy.DefaultDuration)));
        var task = await other.SubmitAsync("default", new { action = "test.lost" });

        var silos = (await other.GetAsync("/api/v1/silos")).Body.GetProperty("items").EnumerateArray();
        var stats = (await other.GetAsync("/api/v1/stats")).Body;
        var why = (await other.GetAsync($"/api/v1/tasks/{task}/why")).Body;

        Assert.Equal(["active", "lost"], silos.Select(silo => silo.GetProperty("state").GetString()));
        Assert.Equal((1, 8), (stats.GetProperty("silos").GetInt32(), stats.GetProperty("slots").GetInt32()));
        Assert.Equal("unservable", why.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Drain_Silo_ItTakesNoMoreAndTheGatewayIsNotReady()
    {
        await using var other = await TestGateway.StartAsync(_ => { });
        var silo = (await other.GetAsync("/api/v1/silos")).Body.GetProperty("items")[0].GetProperty("id").GetString();

        var answer = await other.PostAsync($"/api/v1/silos/{silo}/drain", status: 202);

        Assert.True(answer.Body.GetProperty("drainRequested").GetBoolean());
        await Eventually.TrueAsync(
            async () => (await other.GetAsync("/api/v1/silos")).Body.GetProperty("items")[0].GetProperty("draining").GetBoolean(),
            TimeSpan.FromSeconds(30),
            () => "The silo was asked to drain and does not say that it does.");

        using var ready = await other.Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.Equal(503, (int)ready.StatusCode);
        Assert.Equal("{\"status\":\"draining\"}", await ready.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Drain_UnknownSilo_Is404()
    {
        await gateway.PostAsync("/api/v1/silos/01890a5d-ac96-774b-bcce-b302099a8057/drain", status: 404);
        await gateway.PostAsync("/api/v1/silos/x/drain", status: 400);
    }
}
