using System.Text.Json.Nodes;
using Orchestrator.Storage;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Cluster.Tests;

/// <summary>Parents and children in worker processes of several silos, one of which is killed.</summary>
public sealed class DelegationTests
{
    private const int Books = 30;
    private const int Chapters = 5;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>It dawdles between creating children and waiting for them, which is where a kill hurts most.</summary>
    private const string Script = """
        import time
        import orchestrator_worker as worker

        def book(task):
            children = task.delegate([{"action": "test.chapter", "input": number} for number in range(task.input)])
            time.sleep(0.1)
            return sum(child.result for child in task.wait_for(children))

        def chapter(task):
            time.sleep(0.02)
            return 1

        worker.run({"test.book": book, "test.chapter": chapter})
        """;

    [PostgresAndPythonFact]
    public async Task Kill_OneOfTwoSilosAmongParentsAndChildren_CompletesEachWithItsOwnChildren()
    {
        using var folder = new SqliteFolder();
        var pool = PythonPool.Write(folder.Path, Script, "test.book", "test.chapter");
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString));
        await using var victim = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString, ("Silo:Name", "victim"), ("ORCHESTRATOR_CONFIG", pool)));
        await using var survivor = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString, ("Silo:Name", "survivor"), ("ORCHESTRATOR_CONFIG", pool)));
        var api = new Api(gateway);
        await api.LoosenFusesAsync("default");
        var books = await api.SubmitAsync(
            "default", [.. Enumerable.Range(0, Books).Select(_ => new JsonObject { ["action"] = "test.book", ["input"] = Chapters, ["maxAttempts"] = 2 })]);

        await api.WaitForCountAsync("completed", 20, Limit);
        await victim.KillAsync();
        await api.WaitForCountAsync("completed", Books * (Chapters + 1), Limit);

        var listed = await api.ListTasksAsync("default");
        Assert.Equal(Books * (Chapters + 1), listed.Count);
        foreach (var id in books)
        {
            Assert.Equal(Chapters, (await api.GetTaskAsync(id))["result"]!.GetValue<int>());
        }

        Assert.True(listed.Any(task => task["attempt"]!.GetValue<int>() > 1), "The kill left no trace: no task needed a second attempt.");
        await using var store = StoreFactory.Open(new StoreOptions { ConnectionString = schema.ConnectionString }, TimeProvider.System);
        Assert.Equal([], await store.Invariants.CheckAsync(CancellationToken.None));
    }
}
