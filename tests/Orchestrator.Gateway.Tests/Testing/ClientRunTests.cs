using System.Text.RegularExpressions;
using Orchestrator.Client;
using Orchestrator.Client.Runs;
using Orchestrator.Contracts.Runs;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.TestKit;
using Orchestrator.Workers;

namespace Orchestrator.Gateway.Tests.Testing;

/// <summary>The run that <c>docs/client.md</c> shows, as it is shown there, of the definition that <c>docs/workflows.md</c> shows.</summary>
public sealed partial class ClientRunTests
{
    [Fact]
    public async Task Run_OfTheDocument_IsStartedFollowedAndApproved()
    {
        await using var gateway = await TestGateway.StartAsync(builder => builder.Services.AddSampleWorkers());
        using var client = new OrchestratorClient(gateway.Client);
        var digest = Definition().Match(await File.ReadAllTextAsync(RepositoryFolder.Combine("docs", "workflows.md"))).Groups["text"].Value;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var cancellationToken = limit.Token;

        // snippet: runs
        await client.Definitions.PublishAsync(digest, isYaml: true);
        var started = await client.Runs.StartAsync("acme", "digest", new StartRunRequest { Input = JsonValues.ToRawJson(new { Texts = new[] { "A long text." } }) });
        await foreach (var entry in client.Runs.FollowAsync(started.Id, cancellationToken: cancellationToken))
        {
            Console.WriteLine($"{entry.Type} {entry.Data}");
            if (entry.Type == "step.waiting")
            {
                await client.Runs.ApproveStepAsync(started.Id, "letter", new ApproveStepRequest { Decision = "continue" }, cancellationToken);
            }
        }
        // end

        Assert.Equal(RunStatuses.Completed, (await client.Runs.WaitForEndAsync(started.Id, cancellationToken: cancellationToken)).Status);
    }

    [GeneratedRegex("<<'YAML'\n(?<text>.*?)^YAML", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Definition();
}
