using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Security;

/// <summary>A page of elsewhere, in the browser of somebody who reaches the gateway.</summary>
public sealed class HostGuardTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    public async Task Post_ByAPageOfElsewhere_IsRefusedAndDoesNothing(string origin)
    {
        var answer = await gateway.PostAsync("/api/v1/workspaces/default/pause", null, 403, ("Origin", origin));

        Assert.Equal("foreign-host", answer.Problem);
        Assert.Equal(["/Origin"], answer.Pointers);
        var workspace = await gateway.GetAsync("/api/v1/workspaces/default");
        Assert.False(workspace.Body.GetProperty("paused").GetBoolean());
    }

    [Theory]
    [InlineData("/api/v1/stats")]
    [InlineData("/observability")]
    [InlineData("/observability/tasks")]
    public async Task Get_ByAForeignNameOfThisAddress_IsRefused(string path) =>
        Assert.Equal(403, await StatusAsync(path, "evil.example"));

    [Theory]
    [InlineData("/api/v1/stats", "localhost:8080")]
    [InlineData("/observability", "127.0.0.1:8080")]
    [InlineData("/metrics", "gateway:8080")]
    [InlineData("/health/ready", "gateway:8080")]
    public async Task Get_ByAServedName_IsAnswered(string path, string host) => Assert.Equal(200, await StatusAsync(path, host));

    private async Task<int> StatusAsync(string path, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        using var answer = await gateway.Client.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
