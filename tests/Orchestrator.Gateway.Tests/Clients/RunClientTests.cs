using Orchestrator.Client;
using Orchestrator.Client.Runs;
using Orchestrator.Contracts.Runs;
using Orchestrator.Gateway.Tests.Runs;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Clients;

public sealed class RunClientTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    [Fact]
    public async Task Run_FromItsDefinitionToItsEnd_IsFollowed()
    {
        using var client = new OrchestratorClient(gateway.Client);
        var name = RunGateway.NewName();
        var text = $"owner: client\nname: {name}\nversion: v1\nsteps: [{{ id: a, action: generation.echo, input: \"${{{{ run.input }}}}\", approval: {{ question: ok }} }}]";
        Assert.Null((await client.Definitions.CheckAsync(text, isYaml: true)).PublishedAt);
        var published = await client.Definitions.PublishAsync(text, isYaml: true);
        Assert.Equal(published.Id, (await client.Definitions.GetAsync("client", name)).Id);
        Assert.Contains(published.Id, await Collect(client.Definitions.ListAsync("client"), one => one.Id));

        var started = await client.Runs.StartAsync("client", name, new StartRunRequest { Input = JsonValues.ToRawJson("tea") });
        var seen = new List<string>();
        await foreach (var entry in client.Runs.FollowAsync(started.Id))
        {
            seen.Add(entry.Type);
            if (entry.Type == "step.waiting")
            {
                await client.Runs.ApproveStepAsync(started.Id, "a", new ApproveStepRequest { Decision = "continue" });
            }
        }

        var run = await client.Runs.WaitForEndAsync(started.Id);
        Assert.Equal((RunStatuses.Completed, "{\"a\":\"tea\"}"), (run.Status, run.Output.ToString()));
        Assert.Equal("run.completed", seen[^1]);
        Assert.Equal(seen, await Collect(client.Runs.ListEventsAsync(started.Id), entry => entry.Type));
        Assert.Equal("\"tea\"", (await client.Runs.GetStepAsync(started.Id, "a")).Output.ToString());
        Assert.Contains(started.Id, await Collect(client.Runs.ListAsync("default", new RunFilter { Definition = $"client/{name}" }), one => one.Id));
    }

    [Fact]
    public async Task Start_SameKey_IsOneRun()
    {
        using var client = new OrchestratorClient(gateway.Client);
        var name = await gateway.PublishAsync("steps: [{ id: a, action: generation.echo }]");
        var first = await client.Runs.StartAsync("test", name, key: $"{name}-key", wait: TimeSpan.FromSeconds(30));
        var again = await client.Runs.StartAsync("test", name, key: $"{name}-key");

        Assert.Equal((first.Id, false, true), (again.Id, first.IsReplayed, again.IsReplayed));
        Assert.True(first.Run!.HasEnded());
    }

    [Fact]
    public async Task Steps_OfAFailedRun_AreRetriedSkippedAndReplayed()
    {
        using var client = new OrchestratorClient(gateway.Client);
        var name = await gateway.PublishAsync("steps: [{ id: a, action: test.gate, input: 1 }]");
        var id = (await client.Runs.StartAsync("test", name)).Id;
        Assert.Equal(RunStatuses.Failed, (await client.Runs.WaitForEndAsync(id)).Status);

        Assert.Equal(RunStatuses.Started, (await client.Runs.RetryStepAsync(id, "a")).Status);
        Assert.Equal(RunStatuses.Failed, (await client.Runs.WaitForEndAsync(id)).Status);
        Assert.Equal(RunStatuses.Completed, (await client.Runs.SkipStepAsync(id, "a", JsonValues.ToRawJson(5))).Status);
        var replayed = await client.Runs.ReplayAsync(id, "a");
        Assert.Equal(id, replayed.Run!.ReplayOf);
        Assert.Equal(["run.failed", "run.failed", "run.completed"], (await Collect(client.Runs.FollowAsync(id), entry => entry.Type)).Where(type => type is "run.failed" or "run.completed"));
        Assert.Equal("run-state", (await Assert.ThrowsAsync<OrchestratorException>(() => client.Runs.AbortAsync(id))).Slug);
    }

    private static async Task<List<TResult>> Collect<T, TResult>(IAsyncEnumerable<T> items, Func<T, TResult> pick)
    {
        var list = new List<TResult>();
        await foreach (var item in items)
        {
            list.Add(pick(item));
        }

        return list;
    }
}
