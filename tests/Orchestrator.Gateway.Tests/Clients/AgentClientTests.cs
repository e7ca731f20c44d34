using Orchestrator.Client;
using Orchestrator.Contracts.Agents;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Validation;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Clients;

/// <summary>Agents and validators through the client.</summary>
public sealed class AgentClientTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    private readonly OrchestratorClient _client = new(gateway.Client);

    [Fact]
    public async Task Agent_ThroughItsLife_IsTyped()
    {
        var agent = new CreateAgentRequest { Name = "client-writer", Instructions = "Write.", Model = "stub/m", Skills = new Dictionary<string, double> { ["prose"] = 0.9 }, MaxTurns = 6 };

        var created = await _client.Agents.CreateAsync(agent);
        var taken = await Assert.ThrowsAsync<OrchestratorException>(() => _client.Agents.CreateAsync(agent));
        var changed = await _client.Agents.PutAsync(
            agent.Name, new PutAgentRequest { Instructions = "Write less.", Model = "stub/m", OutputSchema = RawJson.From("""{"type":"object"}""") });
        var got = await _client.Agents.GetAsync(agent.Name);
        var listed = await NamesAsync();
        await _client.Agents.DeleteAsync(agent.Name);
        var gone = await Assert.ThrowsAsync<OrchestratorException>(() => _client.Agents.GetAsync(agent.Name));

        Assert.Equal(("agent.client-writer", 1, 0.9, 6), (created.Action, created.Version, created.Skills!["prose"], created.MaxTurns!.Value));
        Assert.Equal(("agent-exists", "agent-not-found"), (taken.Slug, gone.Slug));
        Assert.Equal((2, "Write less."), (changed.Version, changed.Instructions));
        Assert.Equal((2, """{"type":"object"}"""), (got.Version, got.OutputSchema.ToString()));
        Assert.Contains(agent.Name, listed);
    }

    /// <summary>Null is what stands in an answer for a secret, and must be sent for it to stay.</summary>
    [Fact]
    public async Task Put_WhatWasAnswered_KeepsTheSecrets()
    {
        var server = new McpServerBody { Name = "s", Url = "https://example.org/mcp", Headers = new Dictionary<string, string?> { ["Authorization"] = "Bearer client-canary" } };
        var program = new McpServerBody { Name = "p", Command = "c", Args = ["a"], Env = new Dictionary<string, string?> { ["KEY"] = "client-canary" } };
        await _client.Agents.PutAsync("client-kept", new PutAgentRequest { Instructions = "i", Model = "stub/m", McpServers = [server, program] });
        var got = await _client.Agents.GetAsync("client-kept");

        var again = await _client.Agents.PutAsync("client-kept", new PutAgentRequest { Instructions = "j", Model = got.Model, McpServers = got.McpServers });
        var elsewhere = await Assert.ThrowsAsync<OrchestratorException>(() => _client.Agents.PutAsync(
            "client-kept", new PutAgentRequest { Instructions = "j", Model = got.Model, McpServers = [got.McpServers![0] with { Url = "https://example.com/mcp" }] }));

        Assert.Null(got.McpServers![0].Headers!["Authorization"]);
        Assert.Null(got.McpServers[1].Env!["KEY"]);
        Assert.Equal((2, "Authorization", "KEY"), (again.Version, again.McpServers![0].Headers!.Keys.Single(), again.McpServers[1].Env!.Keys.Single()));
        Assert.Equal(["/mcpServers/0/headers/Authorization"], elsewhere.Errors.Keys);
    }

    [Fact]
    public async Task Delete_AnswerIsLost_IsDone()
    {
        await _client.Agents.PutAsync("client-lost", new PutAgentRequest { Instructions = "i", Model = "stub/m" });
        await using var proxy = new FaultyProxy(gateway.Address);
        using var client = new OrchestratorClient(new OrchestratorClientOptions
        {
            BaseAddress = proxy.Address,
            Retry = new RequestRetryOptions { BaseDelay = TimeSpan.FromMilliseconds(1) },
        });
        proxy.DropAnswers(1);

        await client.Agents.DeleteAsync("client-lost");

        Assert.Equal(1, proxy.Dropped);
        Assert.DoesNotContain("client-lost", await NamesAsync());
    }

    [Fact]
    public async Task Validate_Payload_SaysWhatIsWrong()
    {
        var request = new ValidatePayloadRequest
        {
            Schema = RawJson.From("""{"type":"object","required":["name"]}""")!.Value,
            Payload = RawJson.From("""{"name":"Ada"}""")!.Value,
        };

        var valid = await _client.Validators.ValidateAsync(request);
        var wrong = await _client.Validators.ValidateAsync(
            request with { Rules = new PayloadRulesBody { Bounds = new Dictionary<string, PayloadBoundsBody> { ["/name"] = new() { MinLength = 5 } } } });
        var refusal = await Assert.ThrowsAsync<OrchestratorException>(
            () => _client.Validators.ValidateAsync(request with { Schema = RawJson.From("""{"type":"objekt"}""")!.Value }));

        Assert.Equal((true, 0), (valid.Valid, valid.Errors.Count));
        Assert.Equal((false, "/name"), (wrong.Valid, wrong.Errors.Single().Path));
        Assert.Equal(["/schema/type"], refusal.Errors.Keys);
    }

    private async Task<IReadOnlyList<string>> NamesAsync()
    {
        var names = new List<string>();
        await foreach (var agent in _client.Agents.ListAsync())
        {
            names.Add(agent.Name);
        }

        return names;
    }
}
