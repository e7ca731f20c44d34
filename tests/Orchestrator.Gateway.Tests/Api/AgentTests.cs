using System.Text.Json;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Api;

public sealed class AgentTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    private const string Least = "\"name\":\"a\",\"instructions\":\"i\",\"model\":\"stub/m\"";

    /// <summary>A body, the status, and every field that must be named.</summary>
    public static TheoryData<string, int, string[]> Bodies => new()
    {
        { "{}", 400, ["/instructions", "/model", "/name"] },
        { "[]", 400, [""] },
        {
            "{\"name\":\"any\",\"instructions\":\"\",\"model\":\"m\",\"fallbacks\":[\"x\"],\"skills\":{\"A B\":1,\"law\":2},\"tools\":[\"rm\"],\"maxTurns\":0,"
            + "\"turnTimeoutMs\":1,\"maxOutputTokens\":0,\"temperature\":3,\"surprise\":1,\"description\":[]}",
            400,
            ["/description", "/fallbacks/0", "/instructions", "/maxOutputTokens", "/maxTurns", "/model", "/name", "/skills/A B", "/skills/law", "/surprise", "/temperature", "/tools/0", "/turnTimeoutMs"]
        },
        { $"{{\"name\":\"{new string('a', 58)}\",\"instructions\":\"i\",\"model\":\"a/b\"}}", 400, ["/name"] },
        { $"{{{Least},\"outputSchema\":{{\"type\":\"objekt\",\"minLength\":-1}}}}", 400, ["/outputSchema/minLength", "/outputSchema/type"] },
        { $"{{{Least},\"mcpServers\":[{{}}]}}", 400, ["/mcpServers/0", "/mcpServers/0/name"] },
        { $"{{{Least},\"mcpServers\":[{{\"name\":\"A\",\"url\":\"http://x/\",\"command\":\"y\"}}]}}", 400, ["/mcpServers/0", "/mcpServers/0/name"] },
        {
            $"{{{Least},\"mcpServers\":[{{\"name\":\"s\",\"url\":\"ftp://x/\",\"env\":{{\"K\":\"v\"}},\"args\":[],\"headers\":{{\"a b\":\"x\",\"c\":\"\\n\",\"d\":1}}}},{{\"name\":\"s\",\"command\":\"c\",\"tools\":[1]}}]}}",
            400,
            ["/mcpServers/0/args", "/mcpServers/0/env", "/mcpServers/0/headers/a b", "/mcpServers/0/headers/c", "/mcpServers/0/headers/d", "/mcpServers/0/url", "/mcpServers/1/name", "/mcpServers/1/tools/0"]
        },
        { $"{{{Least},\"mcpServers\":[{{\"name\":\"s\",\"command\":\"c\",\"env\":{{\"K\":null}}}}]}}", 422, ["/mcpServers/0/env/K"] },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Create_BadBody_NamesEveryField(string body, int status, string[] pointers) =>
        Assert.Equal(pointers, (await gateway.PostAsync("/api/v1/agents", body, status)).Pointers);

    [Fact]
    public async Task Create_Agent_Is201AndShowsNoSecret()
    {
        const string canary = "canary-4711-secret";
        var created = await gateway.PostAsync(
            "/api/v1/agents",
            $$$"""
            {"name":"secretive","instructions":"i","model":"stub/m","skills":{"law":0.9},"tools":["create_task"],"outputSchema":{"type":"object"},
             "mcpServers":[{"name":"s","command":"c","args":["a"],"env":{"KEY":"{{{canary}}}"}},{"name":"w","url":"https://example.org/mcp","headers":{"Authorization":"Bearer {{{canary}}}"}}]}
            """,
            201);

        Assert.Equal("/api/v1/agents/secretive", created.Headers.Location!.ToString());
        Assert.Equal(("agent.secretive", 1), (created.Text("action"), created.Body.GetProperty("version").GetInt32()));
        var got = await gateway.GetAsync("/api/v1/agents/secretive");
        foreach (var answer in new[] { created.Body, got.Body, (await gateway.GetAsync("/api/v1/agents?limit=500")).Body })
        {
            Assert.DoesNotContain(canary, answer.GetRawText(), StringComparison.Ordinal);
        }

        Assert.Equal(JsonValueKind.Null, got.Body.GetProperty("mcpServers")[0].GetProperty("env").GetProperty("KEY").ValueKind);
        Assert.Equal("agent-exists", (await gateway.PostAsync("/api/v1/agents", "{\"name\":\"secretive\",\"instructions\":\"i\",\"model\":\"a/b\"}", 409)).Problem);
    }

    [Fact]
    public async Task Put_WhatWasAnswered_KeepsTheSecretsAsLongAsTheyGoToTheSamePlace()
    {
        const string server = "{\"name\":\"w\",\"url\":\"https://example.org/mcp\",\"headers\":{\"Authorization\":\"s3cret-s3cret\"}}";
        await PutAsync("kept", $"{{\"instructions\":\"i\",\"model\":\"a/b\",\"mcpServers\":[{server}]}}", 201);

        var second = await PutAsync("kept", "{\"name\":\"kept\",\"instructions\":\"j\",\"model\":\"a/b\",\"mcpServers\":[{\"name\":\"w\",\"url\":\"https://example.org/mcp\",\"headers\":{\"Authorization\":null}}]}", 200);
        var moved = await PutAsync("kept", "{\"instructions\":\"j\",\"model\":\"a/b\",\"mcpServers\":[{\"name\":\"w\",\"url\":\"https://evil.example/mcp\",\"headers\":{\"Authorization\":null}}]}", 422);

        Assert.Equal(("j", 2), (second.Text("instructions"), second.Body.GetProperty("version").GetInt32()));
        Assert.Equal(["/mcpServers/0/headers/Authorization"], moved.Pointers);
        Assert.Equal(2, (await gateway.GetAsync("/api/v1/agents/kept")).Body.GetProperty("version").GetInt32());
        Assert.Equal(["/name"], (await PutAsync("kept", "{\"name\":\"other\",\"instructions\":\"j\",\"model\":\"a/b\"}", 400)).Pointers);
        Assert.Equal(["/name"], (await PutAsync("any", "{\"instructions\":\"j\",\"model\":\"a/b\"}", 400)).Pointers);
    }

    [Fact]
    public async Task Delete_Agent_IsGone()
    {
        await PutAsync("gone", "{\"instructions\":\"i\",\"model\":\"a/b\"}", 201);

        using var deleted = await gateway.Client.DeleteAsync(new Uri("/api/v1/agents/gone", UriKind.Relative));
        await Answer.ReadAsync(deleted, 204);

        Assert.Equal("agent-not-found", (await gateway.GetAsync("/api/v1/agents/gone", 404)).Problem);
        using var again = await gateway.Client.DeleteAsync(new Uri("/api/v1/agents/gone", UriKind.Relative));
        await Answer.ReadAsync(again, 404);
    }

    [Fact]
    public async Task List_Agents_PagesByName()
    {
        foreach (var name in new[] { "zz-3", "zz-1", "zz-2" })
        {
            await PutAsync(name, "{\"instructions\":\"i\",\"model\":\"a/b\"}", 201);
        }

        var names = new List<string>();
        for (var cursor = ""; cursor is not null;)
        {
            var page = (await gateway.GetAsync($"/api/v1/agents?limit=1{(cursor.Length == 0 ? "" : $"&cursor={cursor}")}")).Body;
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(agent => agent.GetProperty("name").GetString()!));
            cursor = page.GetProperty("nextCursor").GetString();
        }

        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Equal(["zz-1", "zz-2", "zz-3"], names.Where(name => name.StartsWith("zz-", StringComparison.Ordinal)));
    }

    private async Task<Answer> PutAsync(string name, string body, int status)
    {
        using var response = await gateway.Client.PutAsync(new Uri($"/api/v1/agents/{name}", UriKind.Relative), TestGateway.Json(body));
        return await Answer.ReadAsync(response, status);
    }
}
