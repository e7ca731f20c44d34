using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Api;

/// <summary>What remote workers are told whose requests cannot be accepted.</summary>
public sealed class RemoteRefusalTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    private static readonly Guid Unknown = Guid.Parse("01890a5d-ac96-774b-bcce-b302099a8057");

    [Theory]
    [InlineData("""{}""", "/actions")]
    [InlineData("""[]""", "")]
    [InlineData("""{"actions":[]}""", "/actions")]
    [InlineData("""{"actions":["A","a","a",1],"slots":0,"waitMs":60001,"skills":{"Law":1,"law":0,"x":"1"},"workspaces":["nobody","W"],"more":1}""",
        "/actions/0 /actions/2 /actions/3 /more /skills/Law /skills/law /skills/x /slots /waitMs /workspaces/0 /workspaces/1")]
    [InlineData("""{"actions":["a"],"slots":1001,"waitMs":-1,"skills":1}""", "/skills /slots /waitMs")]
    [InlineData("""{"actions":["a"],"skills":["law","law","L"],"workspaces":[]}""", "/skills/1 /skills/2 /workspaces")]
    public async Task Lease_BadBody_NamesEveryField(string body, string pointers)
    {
        var answer = await gateway.PostAsync("/api/v1/leases", body, 400);

        Assert.Equal(pointers.Split(' ').Order(StringComparer.Ordinal), answer.Pointers);
    }

    [Fact]
    public async Task Lease_UnknownWorkspace_Is422() =>
        Assert.Equal(["/workspaces/0"], (await gateway.PostAsync("/api/v1/leases", """{"actions":["a"],"workspaces":["nobody"]}""", 422)).Pointers);

    [Theory]
    [InlineData("heartbeat", """{"consumedThrough":1}""", "/checkpoint")]
    [InlineData("heartbeat", """{"consumedThrough":-1,"checkpoint":1,"x":1}""", "/consumedThrough /x")]
    [InlineData("progress", """{"message":1,"x":1}""", "/fraction /message /x")]
    [InlineData("progress", """{"fraction":1.1}""", "/fraction")]
    [InlineData("chunks", """{"chunks":["a",""],"x":1}""", "/chunks/1 /x")]
    [InlineData("chunks", """{"chunks":[]}""", "/chunks")]
    [InlineData("complete", """{"usage":{"inputTokens":-1,"cost":"1","x":1},"x":1}""", "/result /usage/cost /usage/inputTokens /usage/x /x")]
    [InlineData("fail", """{"code":"nonsense","retryable":1,"retryAfterMs":-1,"x":1}""", "/code /message /retryAfterMs /retryable /x")]
    [InlineData("fail", """{}""", "/code /message")]
    public async Task Report_BadBody_NamesEveryField(string operation, string body, string pointers)
    {
        var answer = await gateway.PostAsync($"/api/v1/leases/{Unknown}/{operation}", body, 400);

        Assert.Equal(pointers.Split(' '), answer.Pointers);
    }

    [Theory]
    [InlineData("heartbeat", null)]
    [InlineData("progress", """{"fraction":0.5}""")]
    [InlineData("chunks", """{"chunks":["a"]}""")]
    [InlineData("complete", """{"result":null}""")]
    [InlineData("fail", """{"code":"worker_error","message":"m"}""")]
    public async Task Report_UnknownToken_IsLeaseLostAndOneOfAnotherFormIs400(string operation, string? body)
    {
        var lost = await gateway.PostAsync($"/api/v1/leases/{Unknown}/{operation}", body, 409);
        var malformed = await gateway.PostAsync($"/api/v1/leases/7/{operation}", body, 400);

        Assert.Equal("lease_lost", lost.Problem);
        Assert.Equal(["/token"], malformed.Pointers);
    }
}
