using System.Text;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Scheduling;
using Orchestrator.Storage;
using Orchestrator.Storage.Runs;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>Starts runs in our own store the way a gateway does, without the HTTP.</summary>
internal static class OwnRuns
{
    public const int Steps = 5;

    private const int Batch = 500;
    private const int Starters = 4;

    // Each step reads what the one before it has answered.
    private const string Document = """
        {
            "owner": "benchmark", "name": "chain", "version": "1",
            "steps": [
                { "id": "a", "action": "generation.simulated", "input": { "latencyMs": "${{ run.input.latencyMs }}" } },
                { "id": "b", "action": "generation.simulated", "input": { "latencyMs": "${{ steps.a.output.simulated ? run.input.latencyMs : 1000 }}" } },
                { "id": "c", "action": "generation.simulated", "input": { "latencyMs": "${{ steps.b.output.simulated ? run.input.latencyMs : 1000 }}" } },
                { "id": "d", "action": "generation.simulated", "input": { "latencyMs": "${{ steps.c.output.simulated ? run.input.latencyMs : 1000 }}" } },
                { "id": "e", "action": "generation.simulated", "input": { "latencyMs": "${{ steps.d.output.simulated ? run.input.latencyMs : 1000 }}" } }
            ]
        }
        """;

    /// <summary>Publishes a definition of five steps in a row, each a task that takes no time; answers its key.</summary>
    public static async Task<long> PublishAsync(IStore store)
    {
        var document = Encoding.UTF8.GetBytes(Document);
        var definition = DefinitionReader.ReadJson(document).Definition ?? throw new InvalidOperationException("The definition is not valid.");
        var published = await store.Definitions.PublishAsync(definition.Name, definition.Description, document, Document, "json", CancellationToken.None);
        return published is PublishResult.Published { Definition.Key: var key } ? key : throw new InvalidOperationException($"Publishing was answered with {published}.");
    }

    /// <param name="workspace">Where the run with that number goes.</param>
    public static Task StartAsync(IStore store, long definition, int runs, Func<int, string> workspace) => Parallel.ForEachAsync(
        Enumerable.Range(0, runs).Chunk(Batch),
        new ParallelOptions { MaxDegreeOfParallelism = Starters },
        async (numbers, cancellationToken) =>
        {
            var results = await store.Runs.StartAsync([.. numbers.Select(number => NewRun(definition, workspace(number)))], cancellationToken);
            if (results.FirstOrDefault(static result => result is not StartRunResult.Started) is { } refused)
            {
                throw new InvalidOperationException($"A run was answered with {refused}.");
            }
        });

    private static NewRun NewRun(long definition, string workspace) => new()
    {
        Id = Guid.CreateVersion7(),
        Workspace = workspace,
        DefinitionKey = definition,
        Input = "{\"latencyMs\":0}"u8.ToArray(),
        DefaultMaxParallel = RunLimits.DefaultMaxParallel,
        Priority = PriorityHint.Medium,
    };
}
