using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;
using Orchestrator.Core.Webhooks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Runs;
using Orchestrator.Storage.Webhooks;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>What others hear of runs: webhooks, those who look for what waits for a person, and those who count.</summary>
public abstract class RunNewsConformance(Func<Task<ITestStore>> create) : RunSuite(create)
{
    private const string Asking = """[{"id": "a", "action": "work"}, {"id": "ask", "needs": ["a"], "approval": {"question": "Well?"}}]""";

    [StoreFact]
    public async Task Tell_EveryEvent_AsTheHistoryHasIt()
    {
        var webhook = await CreateWebhookAsync(EventTypes.Any);
        var steps = """[{"id": "each", "foreach": "${{ [1, 2] }}", "action": "work"}, {"id": "b", "needs": ["each"], "if": "run.input == 1", "action": "work"}]""";
        Guid[] ids = [await StartAsync(steps, maxParallel: 2), await StartAsync(steps, maxParallel: 2)];
        await SettleAllAsync(await TakeAsync());

        var claimed = (await Store.Deliveries.ClaimAsync(webhook, 1_000, Lease, None)).Where(static delivery => delivery.RunId is not null).ToList();
        foreach (var id in ids)
        {
            var history = await Store.Runs.ListEventsAsync(id, 0, 1_000, None);
            Assert.Equal(
                history.Select(entry => ($"{id}.{entry.Seq}", entry.Type, (long?)entry.Seq, entry.At)),
                claimed.Where(delivery => delivery.RunId == id).OrderBy(static delivery => delivery.Seq).Select(static delivery => (delivery.EventId, delivery.Type, delivery.Seq, delivery.At)));
        }

        var ofOne = claimed.Where(delivery => delivery.RunId == ids[0]).OrderBy(static delivery => delivery.Seq).ToList();
        Assert.All(ofOne, static delivery => Assert.Equal((Default, null, null), (delivery.Workspace, delivery.TaskId, delivery.Attempt)));
        Assert.Null(ofOne[0].Data);
        Assert.Equal("""{"step":"each","item":0,"work":"each[0]"}""", ofOne[1].Data);
        Assert.Equal("""{"step":"b","reason":"if"}""", ofOne.Single(static delivery => delivery.Type == RunEventTypes.StepSkipped).Data);
        Assert.Equal([], await Store.Invariants.CheckAsync(None));
    }

    [StoreFact]
    public async Task Tell_WhatAWebhookWants_NothingElse()
    {
        var (asked, elsewhere) = (await CreateWebhookAsync(RunEventTypes.StepWaiting, RunEventTypes.RunFailed), await CreateWebhookAsync("other", [EventTypes.Any]));
        var id = await StartAsync(Asking);
        await WorkAsync();

        var delivery = Assert.Single(await Store.Deliveries.ListAsync(asked, null, null, 100, None));
        Assert.Equal((id, RunEventTypes.StepWaiting), (delivery.RunId, delivery.Type));
        Assert.Empty(await Store.Deliveries.ListAsync(elsewhere, null, null, 100, None));
        Assert.Equal([], await Store.Invariants.CheckAsync(None));
    }

    [StoreFact]
    public async Task List_Waiting_FindsThemWhileTheyWait()
    {
        Guid[] ids = [await StartAsync(Asking), await StartAsync(Asking), await StartAsync(Chain)];
        Assert.Empty(await WaitingAsync());
        await SettleAllAsync(await TakeAsync());
        Assert.Equal([ids[1], ids[0]], await WaitingAsync());

        await Store.Runs.ChangeAsync(ids[0], new RunEvent.Decided("ask", RunDecision.Continue, null, null), None);
        Assert.Equal([ids[1]], await WaitingAsync());

        await Store.Runs.ChangeAsync(ids[1], new RunEvent.Abort(null, false), None);
        Assert.Empty(await WaitingAsync());
    }

    [StoreFact]
    public async Task Notice_Compensation_IsNoExecutionOfItsStep()
    {
        var counted = new List<string>();
        Store.Runs.Notices = notices => counted.AddRange(notices.SelectMany(static notice => notice.Steps).Select(static step => $"{step.Step} {step.Completed}"));
        var id = await StartAsync("""[{"id": "a", "action": "work", "compensate": {"action": "work"}}, {"id": "b", "needs": ["a"], "action": "work"}]""");
        await SettleAllAsync(await TakeAsync());
        await SettleAllAsync(await TakeAsync(), static _ => Failed());
        Assert.Equal(["a!"], await WorkAsync());

        await AssertRunAsync(RunStatus.Failed, id);
        Assert.Equal(["a True", "b False"], counted);
    }

    [StoreFact]
    public async Task Notice_SeveralAttempts_TellsOnlyTheTimeOfExecution()
    {
        var times = new List<(TimeSpan? Waited, TimeSpan? Ran)>();
        Store.Runs.Notices = notices => times.AddRange(notices.SelectMany(static notice => notice.Steps).Select(static step => (step.Waited, step.Ran)));
        await StartAsync("""[{"id": "a", "action": "work", "retry": {"maxAttempts": 3}}]""");
        await PassAsync(1);
        var handedBack = await TakeOneAsync();
        await PassAsync(1);
        await SettleAsync(handedBack, new AttemptOutcome.HandedBack());
        await PassAsync(2);
        var failed = await TakeOneAsync();
        await PassAsync(3);
        await SettleAsync(failed, new AttemptOutcome.Retried(TaskError.Of(ErrorCodes.ProviderError, "no"), TimeSpan.FromSeconds(60)));
        await PassAsync(60);
        Assert.Single(await Store.Reminders.FireDueAsync(10, None));
        await PassAsync(10);
        var last = await TakeOneAsync();
        await PassAsync(5);
        await SettleAsync(last, Completed("1"));

        Assert.Equal((TimeSpan.FromSeconds(1 + 1 + 2), TimeSpan.FromSeconds(3 + 5)), Assert.Single(times));
    }

    [StoreFact]
    public async Task Notice_WorkThatTheRunGaveUp_NeitherCompletesNorFailsAStep()
    {
        var counted = new List<string>();
        Store.Runs.Notices = notices => counted.AddRange(notices.SelectMany(static notice => notice.Steps).Select(static step => step.Step));
        var aborted = await StartAsync(Chain);
        await TakeOneAsync();

        await Store.Runs.ChangeAsync(aborted, new RunEvent.Abort(null, false), None);
        await Store.Reminders.ResolveEndedAsync(10, None);

        Assert.Equal(TaskState.Cancelled, (await FindAsync(Assert.Single(await Store.Runs.ListWorkAsync(aborted, None)).TaskId!.Value)).State);
        Assert.Empty(counted);
    }

    private Task PassAsync(int seconds) => Clock.AdvanceAsync(TimeSpan.FromSeconds(seconds));

    private Task<Guid> CreateWebhookAsync(params string[] types) => CreateWebhookAsync(Default, types);

    /// <summary>Creates a webhook, and moves on the clock, so that what follows is later than it.</summary>
    private async Task<Guid> CreateWebhookAsync(string workspace, string[] types)
    {
        if (workspace != Default)
        {
            await CreateWorkspaceAsync(workspace);
        }

        var webhook = new WebhookRecord { Id = TaskIds.Next(), Workspace = workspace, Url = "https://example.org/hook", Types = types };
        Assert.IsType<WebhookCreation.Created>(await Store.Webhooks.CreateAsync(webhook, "a secret of some length", None));
        await Clock.AdvanceAsync(TimeSpan.FromMilliseconds(1));
        return webhook.Id;
    }

    private async Task<IEnumerable<Guid>> WaitingAsync()
    {
        var found = await Store.Runs.ListAsync(new RunQuery { Workspace = Default, Waiting = true, Limit = 10 }, None);
        Assert.Equal(found!.Count, (await Store.Activity.ReadWorkloadAsync(10, None)).RunsAsking.GetValueOrDefault(Default));
        Assert.All(found!, static run => Assert.True(run.State.IsWaiting));
        return found!.Select(static run => run.Id);
    }
}
