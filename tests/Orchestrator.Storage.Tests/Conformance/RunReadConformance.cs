using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Runs;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>What is read of runs.</summary>
public abstract class RunReadConformance(Func<Task<ITestStore>> create) : RunSuite(create)
{
    [StoreFact]
    public async Task FindEnded_OfLiveEndedAndUnknownRuns_FindsThoseThatDoNotGoOn()
    {
        var (completed, aborted, unknown) = (await StartAsync("""[{"id": "a", "action": "work"}]"""), await StartAsync(Chain), TaskIds.Next());
        await Store.Runs.ChangeAsync(aborted, new RunEvent.Abort(null, false), None);
        await WorkAsync();
        var live = await StartAsync(Chain);

        var ended = await Store.Runs.FindEndedAsync([live, completed, aborted, unknown], None);

        Assert.Equal(new[] { completed, aborted, unknown }.Order(), ended.Order());
        Assert.Empty(await Store.Runs.FindEndedAsync([], None));
        Assert.Empty(await Store.Runs.FindEndedAsync([live], None));
    }

    [StoreFact]
    public async Task ListOutputs_OfAStepWithItems_AreThoseOfItsItems()
    {
        var id = await StartAsync(
            """
            [{"id": "each", "foreach": "${{ run.input }}", "action": "work", "input": "${{ item }}"}, {"id": "each-2", "action": "work"},
             {"id": "each_2", "needs": ["each"], "action": "work"}]
            """,
            maxParallel: 2,
            "[10,11,12,13,14,15,16,17,18,19,20]");
        await WorkAsync(static task => Completed(Text(task.Input)));

        var outputs = await ListOutputsAsync(id, "each");

        Assert.Equal(Enumerable.Range(0, 11).Select(static item => ($"each[{item}]", $"{item + 10}")).Order(), outputs.Order());
        Assert.Equal([("each-2", "null")], await ListOutputsAsync(id, "each-2"));
        Assert.Equal([("each_2", "null")], await ListOutputsAsync(id, "each_2"));
        Assert.Empty(await ListOutputsAsync(id, "eac"));
        Assert.Empty(await ListOutputsAsync(TaskIds.Next(), "each"));
    }

    [StoreFact]
    public async Task FindItemError_OfItemsThatFailed_IsTheLastOfEach()
    {
        var id = await StartAsync(
            """[{"id": "each", "foreach": "${{ run.input }}", "action": "work", "input": "${{ item }}", "output": "${{ 1 / output }}", "onFailure": "continue"}]""", maxParallel: 3, "[0,1,\"x\"]");
        await WorkAsync(static task => Completed(Text(task.Input)));

        Assert.Contains("zero", (await Store.Runs.FindItemErrorAsync(id, "each", 0, None))!.Message, StringComparison.Ordinal);
        Assert.Null(await Store.Runs.FindItemErrorAsync(id, "each", 1, None));
        Assert.Equal((ErrorCodes.InvalidInput, false), await Store.Runs.FindItemErrorAsync(id, "each", 2, None) is { } error ? (error.Code, error.Retryable) : default);
        Assert.Null(await Store.Runs.FindItemErrorAsync(id, "other", 0, None));
    }

    [StoreFact]
    public async Task ListOutputs_ThatAreLarger_AreNone()
    {
        var id = await StartAsync("""[{"id": "each", "foreach": "${{ run.input }}", "action": "work", "input": "${{ item }}"}]""", maxParallel: 9, "[10,11,12]");
        await WorkAsync(static task => Completed(Text(task.Input)));

        Assert.Equal(3, (await Store.Runs.ListOutputsAsync(id, "each", 6, None))!.Count);
        Assert.Null(await Store.Runs.ListOutputsAsync(id, "each", 5, None));
    }

    [StoreFact]
    public async Task ListOutputs_OfAStepThatWasReplaced_HaveTheReplacement()
    {
        var id = await StartAsync("""[{"id": "each", "foreach": "${{ [1, 2] }}", "action": "work"}, {"id": "last", "needs": ["each"], "action": "work"}]""", maxParallel: 1);
        await SettleAllAsync(await TakeAsync(), static _ => Completed("1"));
        await Store.Runs.ChangeAsync(id, new RunEvent.Skip("each", Json("[7,8]")), None);

        var outputs = await ListOutputsAsync(id, "each");

        Assert.Contains(("each", "[7,8]"), outputs);
    }

    [StoreFact]
    public async Task List_SubRunsAndThoseThatWait_ByPage()
    {
        await DefineAsync("""[{"id": "ask", "approval": {"question": "Well?"}}]""", name: "leaf");
        await CreateWorkspaceAsync("other");
        var elsewhere = await DefineAsync("""[{"id": "ask", "approval": {"question": "Well?"}}]""");
        await StartAsync(NewRun(elsewhere) with { Workspace = "other" });
        var id = await StartAsync("""[{"id": "t", "foreach": "range(5)", "run": "acme/leaf@1"}]""", maxParallel: 5);
        var children = (await Store.Runs.ListWorkAsync(id, None)).Select(static work => work.RunId!.Value).OrderDescending().ToList();

        Assert.Equal(children[..2], await ListAsync(new RunQuery { Workspace = Default, ParentRunId = id, Limit = 2 }));
        Assert.Equal(children[2..], await ListAsync(new RunQuery { Workspace = Default, ParentRunId = id, Limit = 9, Before = children[1] }));
        Assert.Equal(children, await ListAsync(new RunQuery { Workspace = Default, Waiting = true, Limit = 9 }));
        Assert.Empty(await ListAsync(new RunQuery { Workspace = "other", ParentRunId = id, Limit = 9 }));

        var listed = (await Store.Runs.ListAsync(new RunQuery { Workspace = Default, ParentRunId = id, Limit = 1 }, None))!.Single();
        Assert.Equal((null, null, "t"), (listed.Input, listed.Output, listed.ParentStep));
    }

    private async Task<List<(string Name, string Output)>> ListOutputsAsync(Guid id, string step) =>
        [.. (await Store.Runs.ListOutputsAsync(id, step, 1_000, None))!.Select(static output => (output.Key, Text(output.Value)))];

    private async Task<IEnumerable<Guid>> ListAsync(RunQuery query) => (await Store.Runs.ListAsync(query, None))!.Select(static run => run.Id);
}
