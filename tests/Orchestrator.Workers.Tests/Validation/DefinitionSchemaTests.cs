using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Workers.Validation;

namespace Orchestrator.Workers.Tests.Validation;

/// <summary>The schema for editors takes what the reader of definitions takes, and refuses what it refuses, as far as a schema can tell.</summary>
public sealed class DefinitionSchemaTests
{
    private const string Sample = """
        {
          "$schema": "definition.schema.json", "owner": "acme", "name": "report", "version": "1", "description": "Reports.",
          "input": { "type": "object", "required": ["topic"] },
          "execution": { "concurrency": { "maxParallel": 4 }, "timeoutMs": 3600000 },
          "steps": [
            {
              "id": "fetch", "name": "Fetch", "description": "Fetches it.", "action": "generation.text", "input": { "prompt": "Summarise ${{ run.input.topic }}" }, "retry": { "maxAttempts": 3 },
              "timeoutMs": 60000, "cache": { "ttlSeconds": 3600 }, "skills": ["law"], "resources": { "gpu": 1 }, "priority": "high"
            },
            {
              "id": "each", "needs": ["fetch"], "foreach": { "items": "${{ steps.fetch.output.items }}", "maxParallel": 10 }, "if": "run.input.deep == true",
              "agent": "writer", "input": "${{ item }}", "output": "${{ output.text }}", "onFailure": "continue", "priority": 700,
              "compensate": { "action": "undo.it", "input": { "id": "${{ output }}" }, "retry": { "maxAttempts": 3 }, "timeoutMs": 1000 }
            },
            { "id": "sub", "run": "acme/other@2", "foreach": "steps.fetch.output.items", "timeoutMs": 100000000 },
            { "id": "check", "name": "Check", "if": true, "needs": ["each"], "approval": { "question": "Publish?", "timeoutMs": 86400000, "onTimeout": "continue" } }
          ],
          "output": { "text": "${{ steps.each.output[0] }}" }
        }
        """;

    private static readonly PayloadSchema Schema = PayloadSchema.Parse(DefinitionSchema.Utf8);

    [Fact]
    public void Check_SampleThatIsRead_IsSound()
    {
        Assert.Empty(DefinitionReader.ReadJson(Encoding.UTF8.GetBytes(Sample)).Problems);
        Assert.Empty(Schema.Check(Encoding.UTF8.GetBytes(Sample)));
    }

    [Fact]
    public void Check_NullForAnyMember_IsJudgedAsByTheReader()
    {
        var places = new List<string>();
        Walk(JsonNode.Parse(Sample)!, "", places);
        Assert.Contains("/steps/1/compensate/retry/maxAttempts", places);
        foreach (var place in places)
        {
            var utf8 = Encoding.UTF8.GetBytes(With(place, null).ToJsonString());

            // What reads item has lost its foreach, which no schema can tell.
            var isSound = DefinitionReader.ReadJson(utf8).Problems.Count == 0 || place == "/steps/1/foreach";
            Assert.True(isSound == (Schema.Check(utf8).Count == 0), $"{place}: {isSound}");
        }
    }

    [Theory]
    [InlineData("""{ "id": "a", "action": null, "agent": "writer", "run": null, "if": null, "foreach": null, "onFailure": null, "priority": null, "compensate": null }""")]
    [InlineData("""{ "id": "a", "run": "acme/other@2", "retry": null, "cache": null, "skills": null, "resources": null, "approval": null, "needs": null }""")]
    [InlineData("""{ "id": "a", "approval": { "question": "?", "timeoutMs": null, "onTimeout": null }, "action": null, "retry": null, "input": null, "timeoutMs": null }""")]
    public void Check_NullsBesideEachKindOfWork_AreSound(string step)
    {
        var utf8 = Encoding.UTF8.GetBytes(With("/steps/0", step).ToJsonString().Replace("steps.fetch", "steps.a", StringComparison.Ordinal).Replace("\"fetch\"", "\"a\"", StringComparison.Ordinal));

        Assert.Empty(DefinitionReader.ReadJson(utf8).Problems);
        Assert.Empty(Schema.Check(utf8));
    }

    [Theory]
    [InlineData("/version", "1.0")]
    [InlineData("/name", "\"Report\"")]
    [InlineData("/stepz", "[]")]
    [InlineData("/steps", "[]")]
    [InlineData("/execution/timeoutMs", "0")]
    [InlineData("/execution/concurrency/maxParallel", "10001")]
    [InlineData("/steps/0/id", "\"1st\"")]
    [InlineData("/steps/0/run", "\"acme/other@2\"")]
    [InlineData("/steps/0/agent", "\"writer\"")]
    [InlineData("/steps/0/timeoutMs", "86400001")]
    [InlineData("/steps/0/retry", "{}")]
    [InlineData("/steps/0/retry", "3")]
    [InlineData("/steps/0/resources/gpu", "0")]
    [InlineData("/steps/0/priority", "\"urgent\"")]
    [InlineData("/steps/0/onFailure", "\"ignore\"")]
    [InlineData("/steps/1/foreach", "{}")]
    [InlineData("/steps/1/compensate/action", "null")]
    [InlineData("/steps/2/run", "\"other\"")]
    [InlineData("/steps/2/cache", "{\"ttlSeconds\":1}")]
    [InlineData("/steps/3/approval/question", "\"\"")]
    [InlineData("/steps/3/approval/onTimeout", "\"abort\"")]
    [InlineData("/steps/3/retry", "{\"maxAttempts\":2}")]
    [InlineData("/steps/3", "{\"id\":\"idle\"}")]
    [InlineData("/steps/3", "{\"id\":\"idle\",\"action\":null,\"approval\":null}")]
    [InlineData("/steps/0/resources/gpu", "null")]
    [InlineData("/steps/0/skills", "[null]")]
    [InlineData("/owner", "null")]
    [InlineData("/steps", "null")]
    public void Check_MistakeThatTheReaderTells_IsToldToo(string path, string value)
    {
        var utf8 = Encoding.UTF8.GetBytes(With(path, value).ToJsonString());

        Assert.NotEmpty(DefinitionReader.ReadJson(utf8).Problems);
        Assert.NotEmpty(Schema.Check(utf8));
    }

    /// <summary>The sample with another value at a place; null is one.</summary>
    private static JsonNode With(string path, string? value)
    {
        var document = JsonNode.Parse(Sample)!;
        var names = path.Split('/')[1..];
        var parent = names[..^1].Aggregate(document, (node, name) => node is JsonArray array ? array[int.Parse(name)]! : node[name]!);
        if (parent is JsonArray items)
        {
            items[int.Parse(names[^1])] = value is null ? null : JsonNode.Parse(value);
        }
        else
        {
            parent[names[^1]] = value is null ? null : JsonNode.Parse(value);
        }

        return document;
    }

    /// <summary>The places of all members and items, but not those within inputs and outputs, which hold anything.</summary>
    private static void Walk(JsonNode node, string path, List<string> places)
    {
        IEnumerable<(string Name, JsonNode? Value)> children = node switch
        {
            JsonObject members => members.Select(member => (member.Key, member.Value)),
            JsonArray items => items.Select((item, index) => ($"{index}", item)),
            _ => [],
        };
        foreach (var (name, value) in children)
        {
            places.Add($"{path}/{name}");
            if (name is not ("input" or "output"))
            {
                Walk(value!, $"{path}/{name}", places);
            }
        }
    }
}
