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
              "id": "fetch", "action": "generation.text", "input": { "prompt": "Summarise ${{ run.input.topic }}" }, "retry": { "maxAttempts": 3 },
              "timeoutMs": 60000, "cache": { "ttlSeconds": 3600 }, "skills": ["law"], "resources": { "gpu": 1 }, "priority": "high"
            },
            {
              "id": "each", "needs": ["fetch"], "foreach": { "items": "${{ steps.fetch.output.items }}", "maxParallel": 10 }, "if": "run.input.deep == true",
              "agent": "writer", "input": "${{ item }}", "output": "${{ output.text }}", "onFailure": "continue", "priority": 700,
              "compensate": { "action": "undo.it", "input": { "id": "${{ output }}" }, "retry": { "maxAttempts": 3 }, "timeoutMs": 1000 }
            },
            { "id": "sub", "run": "acme/other@2", "foreach": "steps.fetch.output.items", "timeoutMs": 100000000 },
            { "id": "check", "if": true, "needs": ["each"], "approval": { "question": "Publish?", "timeoutMs": 86400000, "onTimeout": "continue" } }
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
    public void Check_MistakeThatTheReaderTells_IsToldToo(string path, string value)
    {
        var document = JsonNode.Parse(Sample)!;
        var names = path.Split('/')[1..];
        var parent = names[..^1].Aggregate(document, (node, name) => node is JsonArray array ? array[int.Parse(name)]! : node[name]!);
        if (parent is JsonArray items)
        {
            items[int.Parse(names[^1])] = JsonNode.Parse(value);
        }
        else
        {
            parent[names[^1]] = JsonNode.Parse(value);
        }

        var utf8 = Encoding.UTF8.GetBytes(document.ToJsonString());

        Assert.NotEmpty(DefinitionReader.ReadJson(utf8).Problems);
        Assert.NotEmpty(Schema.Check(utf8));
    }
}
