using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orchestrator.Core.Agents;
using Orchestrator.Runtime.Models;
using Orchestrator.Runtime.Webhooks;
using Orchestrator.TestKit.Mcp;
using Orchestrator.Workers.Agents;
using Orchestrator.Workers.Agents.Mcp;
using Orchestrator.Workers.Tests.Support;
using static Orchestrator.Workers.Tests.Agents.ScriptedModels;

namespace Orchestrator.Workers.Tests.Agents;

/// <summary>What servers say of their tools, and what they do to those that let them go.</summary>
public sealed class McpListingTests : IAsyncLifetime
{
    private const string Token = "canary-0815-token";

    private McpEndpoint _server = null!;

    [Fact]
    public async Task List_WithoutEnd_IsReadUpToABound()
    {
        _server.OnList = page => new JsonObject { ["tools"] = new JsonArray(Tool($"t{page}")), ["nextCursor"] = $"{page}" };
        var harness = NewHarness(Turn(Says("done")));

        (await harness.RunAsync()).ShouldSucceed();

        Assert.Equal((AgentLimits.MaxMcpPages, AgentLimits.MaxMcpPages), (_server.Listings, harness.Models.Asked[0].Tools.Count));
    }

    [Fact]
    public async Task List_TooLargeASchema_IsLeftOut()
    {
        var large = Tool("large");
        large["inputSchema"]!["description"] = new string('x', AgentLimits.MaxMcpSchemaBytes);
        _server.OnList = _ => new JsonObject { ["tools"] = new JsonArray(large) };
        var harness = NewHarness(Turn(Says("done")));

        (await harness.RunAsync()).ShouldSucceed();

        var told = harness.Models.Asked[0].Tools.Single();
        Assert.Equal("{\"type\":\"object\"}"u8.ToArray(), told.Parameters.ToArray());
        Assert.Contains("too long to be told", told.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_RepeatsTheKey_IsToldWithoutIt()
    {
        var tool = Tool($"leak_{Token}");
        tool["description"] = $"My key is {Token}.";
        tool["inputSchema"]!["description"] = Token;
        _server.OnList = _ => new JsonObject { ["tools"] = new JsonArray(tool) };
        var harness = NewHarness(Turn(Calls(("w__leak__secret_", "{}"), ("nonsense", "{}"))), Turn(Says("done")));

        (await harness.RunAsync()).ShouldSucceed();

        var told = harness.Models.Asked[0].Tools.Single();
        Assert.DoesNotContain(Token, told.Name + told.Description + System.Text.Encoding.UTF8.GetString(told.Parameters.Span), StringComparison.Ordinal);
        Assert.DoesNotContain(Token, string.Concat(harness.Shown(2)), StringComparison.Ordinal);
        Assert.Equal($"leak_{Token}", Assert.Single(_server.Calls).Tool);
    }

    [Fact]
    public async Task End_ServerDoesNotEndItsSession_DoesNotKeepTheResult()
    {
        _server.EndlessSession = "s";
        var harness = NewHarness(Turn(Says("done")));

        (await harness.RunAsync().WaitAsync(TimeSpan.FromSeconds(30))).ShouldSucceed();
    }

    [Theory]
    [InlineData("PATH")]
    [InlineData("LD_PRELOAD")]
    [InlineData("PYTHONWARNINGS")]
    [InlineData("BROWSER")]
    public void Program_VariableThatRunsOthers_IsRefused(string name)
    {
        var transports = new McpTransports(Options.Create(new AgentOptions { McpCommands = ["tool"] }), new DnsResolver(), NullLogger<McpTransports>.Instance);
        var server = new McpServer { Name = "p", Command = "tool", Env = new Dictionary<string, string> { ["TOKEN"] = "x" } };

        Assert.Null(transports.FindObjection(server));
        Assert.Contains(name, transports.FindObjection(server with { Env = new Dictionary<string, string> { [name] = "x" } }), StringComparison.Ordinal);
    }

    public async Task InitializeAsync() => _server = await McpEndpoint.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    private static JsonObject Tool(string name) => new() { ["name"] = name, ["inputSchema"] = new JsonObject { ["type"] = "object" } };

    private AgentHarness NewHarness(params Func<Chat, CancellationToken, Task<ChatTurn>>[] script)
    {
        var options = new AgentOptions { AllowPrivateAddresses = true };
        var server = new McpServer { Name = "w", Url = _server.Url.ToString(), Headers = new Dictionary<string, string> { ["X-Token"] = Token } };
        var transports = new McpTransports(Options.Create(options), new DnsResolver(), NullLogger<McpTransports>.Instance);
        return new AgentHarness(new ScriptedModels(script))
        {
            Definition = new() { Name = "t", Instructions = "i", Model = "a/m", McpServers = [server] },
            Connect = one => new McpConnection(one, transports, options, TimeProvider.System),
        };
    }
}
