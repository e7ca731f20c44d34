using System.Text.Json;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Models;
using Orchestrator.TestKit.Npm;
using Orchestrator.TestKit.Processes;
using Orchestrator.Workers.Tests.Support;

namespace Orchestrator.Workers.Tests.Generation;

/// <summary>Against a server of OpenAI's protocol by other hands, as a process of its own.</summary>
public sealed class PublicMockTests : GenerationBench
{
    private const string Package = "@copilotkit/aimock";
    private const string Version = "1.43.0";

    private const string Fixtures =
        """
        {"fixtures": [
          {"match": {"userMessage": "hello"}, "response": {"content": "Hello from somebody else's server, in several pieces."}},
          {"match": {"userMessage": "count"}, "response": {"content": "{\"n\": 3}"}},
          {"match": {"userMessage": "weather", "hasToolResult": false}, "response": {"toolCalls": [{"name": "get_weather", "arguments": "{\"city\":\"Rome\"}"}]}},
          {"match": {"userMessage": "limit"}, "response": {"error": {"message": "Rate limited", "code": "rate_limit_exceeded"}, "status": 429}},
          {"match": {"userMessage": "broken"}, "response": {"error": {"message": "Broken", "type": "server_error"}, "status": 500}},
          {"match": {"inputText": "some text"}, "response": {"embedding": [0.5, 0.25, -1]}}
        ]}
        """;

    [NpmFact(Package, Version)]
    public async Task Actions_AgainstAPublicMockServer_DoWhatTheyDo()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "fixtures.json"), Fixtures);
        var script = NpmPackage.Script(await NpmPackage.InstallAsync(Package, Version), "llmock");
        await using var server = HelperProcess.Start("node", [script, "--port", "0", "--fixtures", folder.Path, "--strict"], folder.Path);
        BaseUrl = await ListeningAsync(server);

        var text = await RunAsync("generation.text", """{"prompt": "hello"}""");
        Assert.Equal("Hello from somebody else's server, in several pieces.", text.ShouldSucceed().GetProperty("text").GetString());
        Assert.Equal(text.ShouldSucceed().GetProperty("text").GetString(), string.Concat(Reporter.Chunks));
        Assert.True(text.Usage!.OutputTokens > 0);

        var json = await RunAsync("generation.json", """{"prompt": "count", "schema": {"type": "object", "required": ["n"]}}""");
        Assert.Equal("""{"n":3}""", JsonSerializer.Serialize(json.ShouldSucceed().GetProperty("value")));

        var vectors = await RunAsync("embeddings", """{"input": ["some text"]}""");
        Assert.Equal("[[0.5,0.25,-1]]", vectors.ShouldSucceed().GetProperty("vectors").GetRawText());

        (await RunAsync("generation.text", """{"prompt": "limit"}""")).ShouldFail(ErrorCodes.RateLimited);
        (await RunAsync("generation.text", """{"prompt": "broken"}""")).ShouldFail(ErrorCodes.ProviderError);
        (await RunAsync("generation.text", """{"prompt": "what nobody answers"}""")).ShouldFail(ErrorCodes.ProviderError);

        var question = new Chat([new ChatMessage(ChatRole.User, "weather")]) { Tools = [new ChatTool("get_weather", "Tells it.", """{"type":"object"}"""u8.ToArray())] };
        foreach (var onText in new Action<string>?[] { null, static _ => { } })
        {
            var call = Assert.Single((await Chat(Provider(BaseUrl)).AnswerAsync(question, onText, None)).ToolCalls);
            Assert.Equal(("get_weather", """{"city":"Rome"}"""), (call.Name, call.Arguments));
            Assert.NotEmpty(call.Id);
        }
    }

    private static async Task<string> ListeningAsync(HelperProcess server)
    {
        for (var line = ""; ; line = await server.HearAsync(TimeSpan.FromSeconds(30)))
        {
            if (line.IndexOf("http://", StringComparison.Ordinal) is var start and >= 0)
            {
                return $"{line[start..].Trim()}/v1";
            }
        }
    }
}
