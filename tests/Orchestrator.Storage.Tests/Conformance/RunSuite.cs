using System.Text.Json.Nodes;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Scheduling;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Runs;
using Orchestrator.Storage.Turns;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>Short words for runs and their steps.</summary>
public abstract class RunSuite(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    protected const string Chain = """[{"id": "a", "action": "work"}, {"id": "b", "needs": ["a"], "action": "work"}, {"id": "c", "needs": ["b"], "action": "work"}]""";

    protected const string Diamond = """
        [{"id": "a", "action": "work"}, {"id": "b", "needs": ["a"], "action": "work"}, {"id": "c", "needs": ["a"], "action": "work"},
         {"id": "d", "needs": ["b", "c"], "action": "work"}]
        """;

    private int _defined;

    /// <summary>Publishes a definition of these steps; answers its key.</summary>
    protected async Task<long> DefineAsync(string steps, int? maxParallel = null, string? name = null, long? timeoutMs = null, string? output = null)
    {
        var own = new DefinitionName("acme", name ?? $"test-{++_defined}", "1");
        var document = new JsonObject { ["owner"] = own.Owner, ["name"] = own.Name, ["version"] = own.Version };
        var execution = new JsonObject();
        if (maxParallel is { } bound)
        {
            execution["concurrency"] = new JsonObject { ["maxParallel"] = bound };
        }

        if (timeoutMs is { } limit)
        {
            execution["timeoutMs"] = limit;
        }

        if (execution.Count > 0)
        {
            document["execution"] = execution;
        }

        document["steps"] = JsonNode.Parse(steps);
        if (output is not null)
        {
            document["output"] = JsonNode.Parse(output);
        }

        var text = document.ToJsonString();
        return Assert.IsType<PublishResult.Published>(await Store.Definitions.PublishAsync(own, null, Json(text), text, "json", None)).Definition.Key;
    }

    protected static NewRun NewRun(long definition, string input = "null", int maxParallel = 10) => new()
    {
        Id = TaskIds.Next(),
        Workspace = Default,
        DefinitionKey = definition,
        Input = Json(input),
        DefaultMaxParallel = maxParallel,
        Priority = PriorityHint.Medium,
    };

    protected async Task<StartRunResult> TryStartAsync(NewRun run) => Assert.Single(await Store.Runs.StartAsync([run], None));

    protected async Task<Guid> StartAsync(NewRun run) => Assert.IsType<StartRunResult.Started>(await TryStartAsync(run)).Run.Id;

    protected async Task<Guid> StartAsync(string steps, int? maxParallel = null, string input = "null") =>
        await StartAsync(NewRun(await DefineAsync(steps, maxParallel), input));

    protected async Task<RunRecord> FindRunAsync(Guid id)
    {
        var run = await Store.Runs.FindAsync(id, None);
        Assert.NotNull(run);
        return run;
    }

    protected async Task<string> WorkOfAsync(ClaimedTask task) => (await FindAsync(task.Lease.TaskId)).StepId!;

    /// <summary>Takes what is ready of the run's steps, by their names.</summary>
    protected async Task<Dictionary<string, ClaimedTask>> TakeStepsAsync()
    {
        var steps = new Dictionary<string, ClaimedTask>();
        foreach (var task in await TakeAsync())
        {
            steps.Add(await WorkOfAsync(task), task);
        }

        return steps;
    }

    protected async Task SettleAllAsync(IEnumerable<ClaimedTask> tasks, Func<ClaimedTask, AttemptOutcome>? outcome = null)
    {
        var settlements = tasks.Select(task => Settlement(task, outcome?.Invoke(task) ?? Completed($"\"{task.Lease.TaskId}\""))).ToList();
        Assert.All(await Store.Leases.SettleAsync(settlements, None), result => Assert.Equal(SettlementResult.Accepted, result));
    }

    /// <summary>Works until no step is ready any more; answers the names of the steps round by round.</summary>
    protected async Task<List<string>> WorkAsync(Func<ClaimedTask, AttemptOutcome>? outcome = null)
    {
        var rounds = new List<string>();
        while (await TakeStepsAsync() is { Count: > 0 } steps)
        {
            rounds.Add(string.Join(' ', steps.Keys.Order(StringComparer.Ordinal)));
            await SettleAllAsync(steps.Values, outcome);
        }

        return rounds;
    }

    protected async Task<string[]> EventsAsync(Guid id)
    {
        var events = await Store.Runs.ListEventsAsync(id, 0, 1_000, None);
        Assert.Equal(Enumerable.Range(1, events.Count), events.Select(entry => entry.Seq));
        return [.. events.Select(entry => entry.Step is null ? entry.Type : $"{entry.Type} {entry.Step}{(entry.Item is { } item ? $"[{item}]" : "")}")];
    }

    protected async Task<StepStatus> StepAsync(Guid id, string step) => (await FindRunAsync(id)).State.Steps.Single(state => state.Id == step).Status;

    protected async Task AssertRunAsync(RunStatus status, Guid id)
    {
        var run = await FindRunAsync(id);
        Assert.True(status == run.State.Status, $"The run is {run.State.Status}: {run.State.Error}");
        Assert.Equal(status == RunStatus.Started, run.FinishedAt is null);
    }
}
