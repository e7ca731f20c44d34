using Orchestrator.Core.Scheduling;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Bulk;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Resources;
using Orchestrator.Storage.Retention;
using Orchestrator.Storage.Silos;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;
using Orchestrator.Storage.Turns;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>Tasks that name skills stand in lanes of their own, from which a turn takes only where it offers them.</summary>
public abstract class SkillConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    private const string Law = Action + "+law";
    private const string ItalianLaw = Action + "+italian+law";

    [StoreFact]
    public async Task Take_LaneNotOffered_LeavesItsTasksAndTakesThoseBehindThem()
    {
        var skilled = await SubmitAsync([.. Enumerable.Range(0, 20).Select(_ => Skilled("law") with { Score = PriorityHint.MaxScore })]);
        var plain = await SubmitAsync(NewTasks(3));

        var turn = await TurnAsync(10, new ActionCapacity(Action, 10));

        Assert.Equal(plain.Select(task => task.Id), turn.Tasks.Select(task => task.Lease.TaskId));
        Assert.False(turn.MoreReady);
        Assert.Equal(skilled.Count, (await OfferAsync(100, Law)).Tasks.Count);
    }

    [StoreFact]
    public async Task Take_OfferedLanes_TakesThemByRankAndSaysTheirActionAndLane()
    {
        var law = await SubmitOneAsync(Skilled("law") with { Score = 500 });
        var plain = await SubmitOneAsync(NewTask() with { Score = 400 });
        var both = await SubmitOneAsync(Skilled("law", "italian") with { Score = 600 });
        await SubmitOneAsync(Skilled("music"));

        var tasks = (await OfferAsync(10, Law, ItalianLaw)).Tasks;

        Assert.Equal([(both, ItalianLaw), (law, Law), (plain, Action)], tasks.Select(task => (task.Lease.TaskId, task.Lane)));
        Assert.All(tasks, task => Assert.Equal(Action, task.Action));
    }

    [StoreFact]
    public async Task Take_SkillsInAnyOrder_AreOneLane()
    {
        await SubmitAsync(Skilled("law", "italian"), Skilled("italian", "law"), Skilled("italian", "law", "italian"));

        Assert.Equal(3, (await OfferAsync(10, ItalianLaw)).Tasks.Count);
    }

    [StoreFact]
    public async Task Take_LanesOfOneAction_ShareWhatIsFreeOfIt()
    {
        await SubmitAsync([.. Enumerable.Range(0, 5).SelectMany(_ => new[] { NewTask(), Skilled("law"), Skilled("law", "italian") })]);
        await SubmitAsync(NewTasks(5, "other"));

        var turn = await TurnAsync(20, new ActionCapacity(Action, 4) { Lanes = [Law, ItalianLaw] }, new ActionCapacity("other", 20));

        Assert.Equal((4, 5), (turn.Tasks.Count(task => task.Action == Action), turn.Tasks.Count(task => task.Action == "other")));
    }

    [StoreFact]
    public async Task Take_WorkspaceWithALimit_CountsLanesTogether()
    {
        await CreateWorkspaceAsync("one", maxParallel: 3);
        await SubmitToAsync("one", [.. NewTasks(2), Skilled("law"), Skilled("law"), Skilled("law", "italian")]);

        Assert.Equal(3, (await OfferAsync(20, Law, ItalianLaw)).Tasks.Count);
        Assert.Empty((await OfferAsync(20, Law, ItalianLaw)).Tasks);
    }

    [StoreFact]
    public async Task FindReadyLanes_EmptyPausedOtherAction_AreNotThere()
    {
        await CreateWorkspaceAsync("paused");
        await SubmitToAsync("paused", Skilled("paused"));
        await Store.Workspaces.PauseAsync("paused", null, None);
        await SubmitAsync(NewTask(), Skilled("law"), Skilled("law", "unknown"), Skilled("music") with { RunAt = Clock.Now.AddHours(1) }, NewTask("other") with { Skills = ["law"] });

        Assert.Equal([Law], await LanesAsync());
        Assert.Equal(["other+law", Law], (await Store.Silos.FindReadyLanesAsync([Law, "other+law"], 10, None)).Order());
        Assert.Single(await Store.Silos.FindReadyLanesAsync([Law, "other+law"], 1, None));
        Assert.Single((await OfferAsync(1, Law)).Tasks);
        await OfferAsync(5, Law);
        Assert.Empty(await LanesAsync());
    }

    [StoreFact]
    public async Task Retry_AtOnceAfterAnEmptyTurn_IsInItsLaneAgain()
    {
        await SubmitOneAsync(Skilled("law"));
        var running = await TakeLawAsync();
        await OfferAsync(9, Law);

        await SettleAsync(running, Retried());

        Assert.Equal(2, (await TakeLawAsync()).Attempt);
    }

    [StoreFact]
    public async Task ExpiredLease_OfATaskWithSkills_TellsItsLane()
    {
        await SubmitOneAsync(Skilled("law"));
        await TakeLawAsync();
        await Clock.AdvanceAsync(Lease + TimeSpan.FromSeconds(1));

        var expired = Assert.Single(await Store.Leases.FindExpiredAsync(10, None));

        Assert.Equal((Law, Action), (expired.Lane, expired.Action));
        await Store.Leases.SettleAsync([new Settlement(expired.Lease, expired.WorkspaceKey, expired.Lane, Retried()) { OfExpiredLease = true }], None);
        await TakeLawAsync();
    }

    [StoreFact]
    public async Task BecomingReady_EveryWay_IsInItsLane()
    {
        var first = await SubmitOneAsync();
        await SubmitAsync(
            Skilled("law") with { DependsOn = [first] }, Skilled("law") with { RunAt = Clock.Now.AddSeconds(10) });
        var patched = await SubmitOneAsync(Skilled("law") with { RunAt = Clock.Now.AddHours(1) });
        Assert.Single((await OfferAsync(9, Law)).Tasks);

        await Clock.AdvanceAsync(TimeSpan.FromSeconds(10));
        await Store.Reminders.FireDueAsync(10, None);
        await TakeLawAsync();
        await Store.Control.CancelAsync(first, None);
        Assert.Equal(PatchResult.Patched, await Store.Control.PatchAsync(patched, new TaskPatch { RunAt = Clock.Now }, None));
        Assert.Equal(patched, (await TakeLawAsync()).Lease.TaskId);
    }

    [StoreFact]
    public async Task Dependant_Released_IsInItsLane()
    {
        await SubmitEndedAsync(Completed());
        var first = await SubmitOneAsync();
        var second = await SubmitOneAsync(Skilled("law") with { DependsOn = [first] });
        await SettleAsync(Assert.Single((await OfferAsync(9, Law)).Tasks), Completed());
        await ResolveAsync();

        Assert.Equal(second, (await TakeLawAsync()).Lease.TaskId);
    }

    [StoreFact]
    public async Task Resource_WaitedFor_TakesTheTaskBackToItsLane()
    {
        await Store.Resources.PutAsync("gpu", new ResourceBounds.Semaphore(1), None);
        var needs = new Dictionary<string, int> { ["gpu"] = 1 };
        await SubmitAsync(Skilled("law") with { Resources = needs }, Skilled("law") with { Resources = needs });
        var held = Assert.Single((await OfferAsync(9, Law)).Tasks);
        await OfferAsync(9, Law);

        await SettleAsync(held, Completed());
        Assert.Single(await Store.Resources.WakeAsync(true, None));

        await TakeLawAsync();
    }

    [StoreFact]
    public async Task Parent_WaitedForItsChild_GoesOnInItsLane()
    {
        var parent = await SubmitOneAsync(Skilled("law"));
        var running = await TakeLawAsync();
        var child = NewTask() with { ParentId = parent, DelegationKey = "a" };
        await TrySubmitAsync(new Submission(Default, [child]) { DelegatedBy = new DelegatingAttempt(running.Lease) });
        await SettleAsync(running, new AttemptOutcome.Awaiting([child.Id], null));

        await SettleAsync(Assert.Single((await OfferAsync(9, Law)).Tasks), Completed());
        await ResolveAsync();

        Assert.Equal(parent, (await TakeLawAsync()).Lease.TaskId);
    }

    [StoreFact]
    public async Task Bulk_MoveAndRetry_KeepTheLane()
    {
        await CreateWorkspaceAsync("there");
        var moved = await SubmitOneAsync(Skilled("law"));
        await Store.Bulk.CreateAsync(Operation(BulkKind.Move, "there"), None);
        await Store.Bulk.StepAsync(10, static (_, _) => throw new InvalidOperationException(), None);

        var claimed = await TakeLawAsync();
        Assert.Equal((moved, "there"), (claimed.Lease.TaskId, claimed.Workspace));
        await SettleAsync(claimed, Failed());

        await Store.Bulk.CreateAsync(Operation(BulkKind.Retry, null, "there"), None);
        await Store.Bulk.StepAsync(
            10, static (task, input) => new NewTask { Id = TaskIds.Next(), Action = task.Action, Skills = task.Skills, Input = input, RedriveOf = task.Id }, None);
        Assert.NotEqual(moved, (await TakeLawAsync()).Lease.TaskId);
    }

    [StoreFact]
    public async Task Purge_ManyLanesThatNobodyOffers_TakesOutTheEmptyOnes()
    {
        var tasks = Enumerable.Range(0, 120).Select(i => Skilled($"s{i}")).ToArray();
        var lanes = tasks.Select(task => TaskLane.Of(Action, task.Skills)).ToArray();
        await SubmitAsync(tasks);
        foreach (var task in tasks.Skip(1))
        {
            await Store.Control.CancelAsync(task.Id, None);
        }

        Assert.Equal(120, (await Store.Silos.FindReadyLanesAsync(lanes, 500, None)).Count);
        await Store.Retention.PurgeAsync(new RetentionPeriods(Lease, Lease, Lease, Lease), 100, None);

        Assert.Equal([lanes[0]], await Store.Silos.FindReadyLanesAsync(lanes, 500, None));
        Assert.Single((await OfferAsync(5, lanes)).Tasks);
    }

    [StoreFact]
    public async Task Submit_MoreLanesThanActionsAreAllowed_IsRefused()
    {
        var tasks = Enumerable.Range(0, TaskLimits.MaxReadyActions).Select(i => Skilled($"s{i}")).ToArray();
        await SubmitAsync(tasks);

        Assert.IsType<SubmissionResult.TooManyActions>(await TrySubmitAsync(Skilled("one-more")));
        await SubmitAsync(Skilled("s7"));
    }

    [StoreFact]
    public async Task Submit_SkillsOfGreatestLength_FitIntoTheIndex()
    {
        var random = new Random(7);
        string[] skills = [.. Enumerable.Range(0, TaskLimits.MaxSkills).Select(_ => string.Concat(Enumerable.Range(0, 63).Select(_ => (char)random.Next('a', 'z' + 1))))];

        var id = await SubmitOneAsync(NewTask(new string('a', 63)) with { Skills = skills });

        var lane = TaskLane.Of(new string('a', 63), skills);
        var turn = await TurnAsync(1, new ActionCapacity(new string('a', 63), 1) { Lanes = [lane] });
        Assert.Equal(id, Assert.Single(turn.Tasks).Lease.TaskId);
    }

    [StoreFact]
    public async Task Budget_TaskWithSkills_ReservesTheCostOfItsAction()
    {
        await Store.Workspaces.CreateAsync(new WorkspaceRecord { Id = "paid", BudgetLimit = 10 }, None);
        await SubmitToAsync("paid", Skilled("law"), Skilled("law"));

        var turn = await TurnAsync(9, new ActionCapacity(Action, 9) { Lanes = [Law], MaxCost = 2 });

        Assert.Equal([2m, 2m], turn.Tasks.Select(task => task.Reserved));
    }

    [StoreFact]
    public async Task Report_Skills_ComeBack()
    {
        var skills = new Dictionary<string, double> { ["law"] = 0.9, ["music"] = 1 };
        await Store.Silos.ReportAsync(
            new SiloRecord
            {
                Id = Guid.NewGuid(),
                Name = "one",
                Host = "host",
                ProcessId = 1,
                Slots = 4,
                Busy = 0,
                Draining = false,
                Actions = [new SiloAction("a", 1) { Skills = skills, Free = 3 }, new SiloAction("b", 2)],
            },
            None);

        var actions = Assert.Single(await Store.Silos.ListAsync(TimeSpan.FromSeconds(15), None)).Actions;

        Assert.Equal(skills, actions[0].Skills);
        Assert.Equal((3, null), (actions[0].Free, actions[1].Free));
        Assert.Null(actions[1].Skills);
    }

    private static NewTask Skilled(params string[] skills) => NewTask() with { Skills = skills };

    private static BulkOperation Operation(BulkKind kind, string? target, string workspace = Default) => new()
    {
        Id = TaskIds.Next(),
        Kind = kind,
        Filter = new BulkFilter(workspace),
        Target = target,
    };

    private Task<TurnResult> OfferAsync(int slots, params string[] lanes) => TurnAsync(slots, new ActionCapacity(Action, slots) { Lanes = lanes });

    private async Task<ClaimedTask> TakeLawAsync() => Assert.Single((await OfferAsync(9, Law)).Tasks, task => task.Lane == Law);

    private async Task<IReadOnlyList<string>> LanesAsync() => await Store.Silos.FindReadyLanesAsync([Law, Action + "+italian", Action + "+music"], 10, None);
}
