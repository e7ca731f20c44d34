using Orchestrator.Gateway.Tests.Support;
using static Orchestrator.Gateway.Tests.Runs.RunGateway;

namespace Orchestrator.Gateway.Tests.Runs;

public sealed class DefinitionWarningTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    private const string Path = "/api/v1/definitions";

    [Fact]
    public async Task Publish_WorkThatNobodyDoes_IsPublishedWithWarnings()
    {
        await TestKit.Eventually.TrueAsync(
            async () => (await gateway.GetAsync("/api/v1/silos")).Body.GetProperty("items").EnumerateArray().Any(), TimeSpan.FromSeconds(20), () => "The silo reports.");
        var name = NewName();
        var text = $$"""
            owner: test
            name: {{name}}
            version: "1"
            steps:
              - { id: a, action: generation.echo, compensate: { action: un.do } }
              - { id: b, action: generation.ecko }
              - { id: c, agent: nobody }
              - { id: d, approval: { question: Well? } }
            """;

        var answers = new[] { await gateway.PostAsync($"{Path}?dryRun=true", Yaml(text)), await gateway.PostAsync(Path, Yaml(text), 201), await gateway.PostAsync(Path, Yaml(text)) };

        foreach (var answer in answers)
        {
            var warnings = answer.Body.GetProperty("warnings").EnumerateArray().ToDictionary(static one => one.GetProperty("path").GetString()!, static one => one.GetProperty("message").GetString()!);
            Assert.Equal(["/steps/0/compensate/action", "/steps/1/action", "/steps/2/agent"], warnings.Keys);
            Assert.Contains("names generation.ecko, which nobody serves now", warnings["/steps/1/action"], StringComparison.Ordinal);
            Assert.Contains("the agent nobody, which there is not", warnings["/steps/2/agent"], StringComparison.Ordinal);
        }
    }
}
