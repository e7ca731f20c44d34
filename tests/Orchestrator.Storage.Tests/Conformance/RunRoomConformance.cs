using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.Core.Fuses;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Runs;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>What bounds the work that runs start: the cap of live tasks, and the checks of inputs.</summary>
public abstract class RunRoomConformance(Func<Task<ITestStore>> create) : RunSuite(create)
{
    private const string Fork = """[{"id": "a", "action": "work"}, {"id": "b", "needs": ["a"], "action": "work"}, {"id": "c", "needs": ["a"], "action": "work"}]""";

    [StoreFact]
    public async Task Settle_FullWorkspace_GivesItsOwnRoomToTheNextStep()
    {
        await CapAsync(2);
        var id = await StartAsync(Chain);
        await SubmitAsync(NewTasks(1));
        var tasks = await TakeAsync();

        await SettleAllAsync(tasks.Where(static task => task.Step is not null));
        Assert.Equal(["b", "c"], await WorkAsync());

        await AssertRunAsync(RunStatus.Completed, id);
        Assert.DoesNotContain(await EventsAsync(id), static told => told.StartsWith("step.deferred", StringComparison.Ordinal));
        Assert.Empty(await Test.QuerySqlAsync("select fuse from fuse_states where tripped_at is not null"));
    }

    [StoreFact]
    public async Task Start_WiderThanTheCap_StartsWhatFitsAndTheOthersLater()
    {
        await CapAsync(3);

        var id = await StartAsync("""[{"id": "each", "foreach": "range(5)", "action": "work"}]""", maxParallel: 5);
        Assert.Equal(3, await CountLiveAsync());

        await SettleAllAsync(await TakeAsync());
        await SettleAllAsync(await TakeAsync());
        await AssertRunAsync(RunStatus.Completed, id);
    }

    [StoreFact]
    public async Task Settle_CapThatWasLoweredBelowWhatIsLive_GivesNoRoom()
    {
        await CapAsync(3);
        var id = await StartAsync(Chain);
        await SubmitAsync(NewTasks(2));
        var tasks = await TakeAsync();
        await CapAsync(1);

        await SettleAllAsync(tasks.Where(static task => task.Step is not null));

        Assert.Contains("step.deferred b", await EventsAsync(id));
        Assert.Equal(2, await CountLiveAsync());
    }

    [StoreFact]
    public async Task Settle_AgainWhatHasEnded_GivesNoRoomTwice()
    {
        await CapAsync(3);
        var runs = new[] { await StartAsync(Fork), await StartAsync(Fork) };
        await SubmitAsync(NewTasks(1));
        var tasks = (await TakeAsync()).Where(static task => task.Step is not null).ToDictionary(static task => task.Step!.RunId);

        await SettleAllAsync([tasks[runs[0]]]);
        Assert.Equal(3, await CountLiveAsync());
        await SettleAllAsync([tasks[runs[0]], tasks[runs[1]]]);

        Assert.Equal(3, await CountLiveAsync());
        Assert.Contains("step.deferred c", await EventsAsync(runs[1]));
    }

    [StoreFact]
    public async Task Start_InputsThatTakeLongToCheck_BeginOneInEachTransaction()
    {
        Store.Runs.InputCheck = static (_, input) => new InputVerdict(input.Length == 1 ? null : "is wrong", 1);
        await PublishCheckedAsync();
        var id = await StartAsync("""[{"id": "t", "foreach": "range(8, 12)", "run": "acme/checked@1", "input": "${{ item }}", "onFailure": "continue"}]""", maxParallel: 10);

        Assert.Equal(1, await CountBegunAsync());
        for (var begun = 2; begun <= 4; begun++)
        {
            Assert.True(await Store.Runs.LookAsync(10, None) > 0);
            Assert.Equal(Math.Min(begun, 2), await CountBegunAsync());
        }

        // Those that did not fit have failed where they were to begin.
        Assert.Equal(["step.failed t[2]", "step.failed t[3]"], (await EventsAsync(id)).Where(static told => told.StartsWith("step.failed", StringComparison.Ordinal)));
        Assert.Equal(["x x"], await WorkPairsAsync());
        await AssertRunAsync(RunStatus.Completed, id);
        Assert.Null(await Store.Runs.FindNextDueAsync(None));
    }

    [StoreFact]
    public async Task Start_InputThatCannotBeChecked_FailsThatRunAlone()
    {
        Store.Runs.InputCheck = static (_, _) => throw new InvalidOperationException("There is no schema.");
        await PublishCheckedAsync();
        var definition = await DefineAsync("""[{"id": "t", "run": "acme/checked@1"}]""");
        var other = await DefineAsync(Chain);

        var started = await Store.Runs.StartAsync([NewRun(definition), NewRun(other)], None);

        Assert.Equal(
            [RunStatus.Failed, RunStatus.Started], started.Select(static result => Assert.IsType<StartRunResult.Started>(result).Run.State.Status));
        Assert.Equal(ErrorCodes.WorkerError, Assert.IsType<StartRunResult.Started>(started[0]).Run.State.Error!.Code);
    }

    private async Task PublishCheckedAsync()
    {
        var document = new JsonObject
        {
            ["owner"] = "acme",
            ["name"] = "checked",
            ["version"] = "1",
            ["input"] = new JsonObject { ["type"] = "integer" },
            ["steps"] = new JsonArray(new JsonObject { ["id"] = "x", ["action"] = "work" }),
        }.ToJsonString();
        Assert.IsType<PublishResult.Published>(
            await Store.Definitions.PublishAsync(new DefinitionName("acme", "checked", "1"), null, Json(document), document, "json", None));
    }

    private async Task<List<string>> WorkPairsAsync()
    {
        var tasks = await TakeAsync();
        var names = string.Join(' ', await Task.WhenAll(tasks.Select(WorkOfAsync)));
        await SettleAllAsync(tasks);
        return [names];
    }

    private Task<int> CountLiveAsync() => CountAsync("select cast(count(*) as text) from tasks");

    private Task<int> CountBegunAsync() => CountAsync("select cast(count(*) as text) from runs r join task_specs s on s.run_id = r.id where r.parent_id is not null");

    private async Task<int> CountAsync(string sql) => int.Parse(Assert.Single(await Test.QuerySqlAsync(sql)), CultureInfo.InvariantCulture);

    private async Task CapAsync(int cap) =>
        await Store.Workspaces.UpdateAsync(Default, workspace => workspace with { Fuses = new FuseSettings { PendingTotal = cap } }, None);
}
