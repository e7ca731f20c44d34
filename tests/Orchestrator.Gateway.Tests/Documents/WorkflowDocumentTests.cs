using System.Text.RegularExpressions;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Processes;
using Orchestrator.Workers;

namespace Orchestrator.Gateway.Tests.Documents;

/// <summary>What <c>docs/workflows.md</c> tells a newcomer to type works as it stands there.</summary>
public sealed partial class WorkflowDocumentTests
{
    [CurlFact]
    public async Task Workflows_Commands_DoWhatTheDocumentSays()
    {
        await using var gateway = await TestGateway.StartAsync(builder => builder.Services.AddSampleWorkers());
        var blocks = Block().Matches(await File.ReadAllTextAsync(RepositoryFolder.Combine("docs", "workflows.md"))).Select(block => block.Groups["commands"].Value).ToList();
        var script = string.Join("\necho\n", blocks).Replace("http://127.0.0.1:8080", gateway.Address.ToString().TrimEnd('/'), StringComparison.Ordinal);

        var result = ProcessRunner.TryRun("bash", ["-euo", "pipefail", "-c", script], TimeSpan.FromMinutes(1));

        Assert.True(result.ExitCode == 0 && blocks.Count == 5, $"{blocks.Count} blocks, exit code {result.ExitCode}: {result.Output}");
        Assert.Contains("\"letter\":\"Cats sleep, dogs bark.\"", result.Output, StringComparison.Ordinal);
        Assert.Contains("event: run.completed", result.Output, StringComparison.Ordinal);
        Assert.Contains("\"replayOf\":\"", result.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex("^```bash\n(?<commands>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
