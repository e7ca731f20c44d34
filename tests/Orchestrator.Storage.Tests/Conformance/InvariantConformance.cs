using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Relational;
using Orchestrator.Storage.Resources;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>Each invariant is silent on a sound system and speaks up when the database is broken behind the store's back.</summary>
public abstract class InvariantConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    private readonly Func<Task<ITestStore>> _create = create;

    private protected abstract SqlCatalog Catalog { get; }

    /// <summary>An empty list as the dialect writes it.</summary>
    protected abstract string EmptyList { get; }

    /// <summary>A moment before <c>updated_at</c> as the dialect writes it.</summary>
    protected abstract string BeforeTheUpdate { get; }

    private Dictionary<string, string> Corruptions => new()
    {
        ["accepted_result_was_fenced"] = "update finished_tasks set lease_token = null where status = 'completed'",
        ["acknowledged_task_is_kept"] = "delete from tasks where status = 'queued'",
        ["approval_is_awaited"] = "update approvals set decision = null, decided_at = null",
        ["approvals_are_contiguous"] = "update approvals set number = number + 1",
        ["attempts_are_contiguous"] = "update tasks set attempt = attempt + 2 where status = 'processing'",
        ["boost_is_current"] = "update tasks set blocked_tasks = blocked_tasks + 1 where status = 'queued'",
        ["awaited_task_is_marked"] = "update tasks set has_dependents = false",
        ["bucket_holds"] = $"update resources set capacity = 1, level = 0, updated_at = {BeforeTheUpdate} where name = 'tokens'",
        ["budget_balances"] = "update budgets set spent_nanos = spent_nanos + 1",
        ["budget_holds"] = "update budgets set limit_nanos = 1",
        ["child_is_one_deeper"] = "update tasks set delegation_depth = delegation_depth + 1 where parent_id is not null",
        ["delegated_start_is_noted"] = "delete from guarded_attempts",
        ["dependencies_are_counted"] = "delete from task_dependencies",
        ["delivery_has_its_webhook"] = "update webhook_deliveries set webhook_key = webhook_key + 1000",
        ["dependency_will_be_told"] =
            "insert into task_dependencies (depends_on, task_id) select id, '00000000-0000-7000-8000-000000000000' from finished_tasks limit 1",
        ["ended_run_has_no_work"] =
            "update task_specs set run_id = (select id from runs where status = 'completed'), step_key = 'other' where id in (select id from tasks where run_id is not null)",
        ["ended_run_is_at_rest"] = "update runs set due_at = created_at where status = 'completed'",
        ["fire_made_one_task"] =
            "insert into schedule_fires (schedule_key, fire_at, task_id, fired_at) select schedule_key + 1, fire_at, task_id, fired_at from schedule_fires",
        ["fuse_pause_is_told"] = "update fuse_states set tripped_at = null, until_at = null",
        ["goal_change_has_its_workspace"] = "update goal_changes set workspace_key = workspace_key + 1000",
        ["history_follows_legal_edges"] = "update tasks set timeline = replace(timeline, '\"queued\"', '\"processing\"')",
        ["history_is_contiguous"] = "update tasks set seq = seq + 1",
        ["lane_is_its_needs"] = "update tasks set lane = null",
        ["limit_is_not_leaked"] = "update workspaces set at_limit = true where max_parallel is null",
        ["loop_holds"] = "update workspace_fuses set loop_executions = 1",
        ["message_was_consumed_in_order"] = "update task_messages set consumed_by = null, consumed_at = null where number = 1",
        ["messages_are_contiguous"] = "delete from task_messages where number = 1",
        ["needs_are_kept"] = "update tasks set resources = null where status = 'processing'",
        ["open_circuit_is_seen"] = "update workspaces set circuits_open = false",
        ["one_terminal_event"] = "update finished_tasks set timeline = replace(timeline, '\"completed\"', '\"queued\"')",
        ["parked_for_provider_is_looked_at"] = "update circuits set look_at = null where state = 'open'",
        ["pending_is_bounded"] = "update workspaces set pending_total = 0",
        ["permits_hold"] = $"update resources set permits = 1, updated_at = {BeforeTheUpdate} where name = 'permits'",
        ["probe_is_looked_at"] = "update circuits set look_at = null where state = 'half_open'",
        ["rank_is_its_parts"] = "update tasks set rank = rank - 1",
        ["queue_is_looked_at"] = "update resources set retry_at = null",
        ["ready_task_is_findable"] = $"update workspaces set ready_actions = '{EmptyList}'",
        ["remote_lease_is_bounded"] = "update remote_leases set ends_at = started_at + (ends_at - started_at) / 100",
        ["reservation_is_settled_once"] = "delete from budget_ledger where kind = 'settle'",
        ["run_bound_holds"] = "update runs set max_parallel = 0",
        ["run_ends_once"] = "update run_timelines set events = replace(events, 'run.completed', 'run.started')",
        ["run_events_are_contiguous"] = "update runs set event_seq = event_seq + 1",
        ["run_in_flight_is_its_work"] = "update runs set in_flight = in_flight + 1 where status = 'started'",
        ["run_is_carried_on"] = "update runs set in_flight = 0 where status = 'started'",
        ["schedule_has_its_workspace"] = "update schedules set workspace_key = workspace_key + 1000",
        ["schedule_moves_past_its_fires"] = "update schedules set next_fire_at = last_fire_at",
        ["steering_has_its_task"] = "insert into task_messages (task_id, number, role, content, at) "
            + "select '00000000-0000-7000-8000-000000000000', number, role, content, at from task_messages limit 1",
        ["step_has_its_run"] = "delete from runs where status = 'started'",
        ["sub_run_has_its_parent"] = "update runs set depth = depth + 1",
        ["task_is_live_or_finished"] =
            "insert into tasks (id, workspace_key, action, status, rank, score, score_source, max_attempts, timeout_ms, created_at, seq, timeline) "
            + "select id, workspace_key, action, 'queued', 0, score, score_source, max_attempts, timeout_ms, created_at, seq, timeline from finished_tasks",
        ["usage_is_counted"] = "delete from workspace_usage_entries",
        ["waiting_parent_is_woken"] = "delete from task_dependencies where task_id in (select id from tasks where waiting_for = 'children')",
        ["webhook_event_keeps_its_id"] = "update webhook_deliveries set event_id = event_id || '1' where task_id is not null",
        ["webhook_was_told_of_ends"] = $"update webhooks set complete_since = {BeforeTheUpdate}; delete from webhook_deliveries",
        ["webhook_was_told_of_runs"] = $"update webhooks set complete_since = {BeforeTheUpdate}; delete from webhook_deliveries where run_id is not null",
        ["webhook_was_told_of_workspaces"] =
            $"update webhooks set complete_since = {BeforeTheUpdate}; delete from webhook_deliveries where task_id is null and run_id is null",
        ["workspace_events_are_contiguous"] = "update workspaces set event_seq = event_seq + 1",
        ["workspace_limit_holds"] = "update workspaces set max_parallel = 1 where id = 'small'",
    };

    [StoreFact]
    public async Task Check_SoundSystemWithEveryKindOfTask_FindsNothing()
    {
        await FillAsync(Test);

        Assert.Equal([], await Store.Invariants.CheckAsync(None));
    }

    [StoreFact]
    public void Check_EveryInvariant_HasACorruptionInThisSuite() =>
        Assert.Equal(
            Catalog.Names.Where(name => name.StartsWith("Invariants/", StringComparison.Ordinal)).Select(name => name["Invariants/".Length..]).Order(),
            Corruptions.Keys.Order());

    [StoreFact]
    public async Task Check_EachCorruption_IsCaughtByItsInvariant()
    {
        foreach (var (invariant, sql) in Corruptions)
        {
            await using var broken = await _create();
            await FillAsync(broken);

            await broken.ExecuteSqlAsync(sql);

            Assert.Contains(invariant, (await broken.Store.Invariants.CheckAsync(None)).Select(violation => violation.Invariant));
        }
    }

    private static async Task FillAsync(ITestStore test)
    {
        var store = test.Store;
        await store.Workspaces.CreateAsync(new Workspaces.WorkspaceRecord { Id = "small", MaxParallel = 2 }, None);
        await store.Webhooks.CreateAsync(new() { Id = TaskIds.Next(), Url = "https://example.org", Types = ["*"] }, "a secret of some length", None);
        await SubmitAsync("small", NewTasks(3));
        await SubmitAsync("small", NewTask() with { Skills = ["law"] });
        await store.Workspaces.UpdateAsync("small", workspace => workspace with { Goal = "Another goal" }, None);
        var ended = NewTasks(3);
        await SubmitAsync(Default, ended);
        var claimed = (await store.Turns.TakeAsync(new Turns.TurnRequest(Guid.Empty, 10, [new(Action, 10)], Lease), None)).Tasks;
        var own = claimed.Where(task => task.Workspace == Default).ToList();
        await store.Leases.AppendAsync([new AttemptEvent.Chunk(own[0].Lease, "text"), new AttemptEvent.Progress(own[0].Lease, 0.5, null)], None);
        await store.Leases.SettleAsync([Settlement(own[0], Completed()), Settlement(own[1], Failed()), Settlement(own[2], Retried())], None);
        await FillResourcesAsync(store);
        await FillChildrenAsync(store);
        await FillSteeringAsync(store);
        await FillFusesAsync(store);
        await FillRemoteAsync(store);
        var queued = NewTask();
        await SubmitAsync(Default, queued, NewTask() with { DependsOn = [queued.Id] }, NewTask() with { RunAt = DateTimeOffset.MaxValue.AddYears(-1000) });

        await store.Schedules.CreateAsync(now => new() { Id = "often", Workspace = Default, IntervalMs = 1_000, AnchorAt = now, NextFireAt = now, Task = NewTask() }, None);
        await store.Schedules.FireDueAsync(1, (schedule, now) => new([new(now, schedule.Task with { Id = TaskIds.Next() })], now.AddSeconds(1)), None);

        await FillCircuitsAsync(test);
        await FillRunsAsync(store);
        while (await store.Blocking.FollowAsync(100, None) > 0)
        {
        }

        async Task SubmitAsync(string workspace, params Submissions.NewTask[] tasks) => await InvariantConformance.SubmitAsync(store, workspace, tasks);
    }

    /// <summary>One that a remote worker has ended, and one that it runs.</summary>
    private static async Task FillRemoteAsync(IStore store)
    {
        await SubmitAsync(store, Default, NewTasks(2, "remote"));
        var turn = await store.Turns.TakeAsync(new Turns.TurnRequest(Guid.Empty, 2, [new("remote", 2)], Lease) { IsRemote = true }, None);
        Assert.Equal(2, turn.Tasks.Count);
        await store.Leases.SettleAsync([Settlement(turn.Tasks[0], Completed()) with { IsRemote = true }], None);
    }

    /// <summary>Two that hold what they need, one that waits.</summary>
    private static async Task FillResourcesAsync(IStore store)
    {
        await store.Resources.PutAsync("tokens", new ResourceBounds.Bucket(2, 1), None);
        await store.Resources.PutAsync("permits", new ResourceBounds.Semaphore(2), None);
        var needs = new Dictionary<string, int> { ["tokens"] = 1, ["permits"] = 1 };
        await SubmitAsync(store, Default, [.. NewTasks(3, "limited").Select(task => task with { Resources = needs })]);
        var turn = await store.Turns.TakeAsync(new Turns.TurnRequest(Guid.Empty, 3, [new("limited", 3)], Lease), None);
        Assert.Equal((2, 1), (turn.Tasks.Count, turn.Parked));
    }

    /// <summary>A workspace that two delegated executions and a budget have brought to a stop, with one of them ended and one running.</summary>
    private static async Task FillFusesAsync(IStore store)
    {
        await store.Workspaces.CreateAsync(new Workspaces.WorkspaceRecord { Id = "guarded", BudgetLimit = 10, Fuses = new() { LoopExecutions = 2 } }, None);
        var parent = NewTask("guarded");
        await SubmitAsync(store, "guarded", [parent]);
        await SubmitAsync(store, "guarded", [.. NewTasks(3, "guarded").Select(task => task with { ParentId = parent.Id })]);
        var turn = await store.Turns.TakeAsync(new Turns.TurnRequest(Guid.Empty, 9, [new("guarded", 9) { MaxCost = 1 }], Lease), None);
        Assert.Equal((3, 1), (turn.Tasks.Count, turn.Held.Count));
        var outcome = new AttemptOutcome.Completed(Json("1")) { Usage = new Core.Tasks.TaskUsage(Cost: 0.5m) };
        await store.Leases.SettleAsync([Settlement(turn.Tasks.First(task => task.Lease.TaskId != parent.Id), outcome)], None);
        Assert.Single((await store.Fuses.CheckAsync([.. turn.Held, .. await store.Fuses.FindUnsettledAsync(9, None)], None)).Trips);
    }

    /// <summary>A provider that is being probed, and one that nobody may ask, with tasks that wait for each.</summary>
    private static async Task FillCircuitsAsync(ITestStore test)
    {
        var store = test.Store;
        await store.Workspaces.CreateAsync(new Workspaces.WorkspaceRecord { Id = "broken", Fuses = new() { CircuitFailures = 1, CircuitOpenSeconds = 1 } }, None);
        await BreakAsync("probed");
        await test.Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        await store.Circuits.WakeAsync(None);
        Assert.Single((await TakeAsync("probed")).Tasks);
        await BreakAsync("dead");

        async Task BreakAsync(string provider)
        {
            await SubmitAsync(store, "broken", NewTasks(1, provider));
            var failed = Assert.Single((await TakeAsync(provider)).Tasks);
            await store.Leases.SettleAsync([Settlement(failed, Failed())], None);
            await store.Circuits.ReportAsync([new(failed.WorkspaceKey, provider, failed.Lease.Token, Core.Fuses.ProviderVerdict.Ill, TimeSpan.Zero)], None);
            await SubmitAsync(store, "broken", NewTasks(3, provider));
            Assert.Equal(3, (await TakeAsync(provider)).Gated);
        }

        Task<Turns.TurnResult> TakeAsync(string provider) =>
            store.Turns.TakeAsync(new Turns.TurnRequest(Guid.Empty, 9, [new(provider, 9) { Provider = provider }], Lease), None);
    }

    /// <summary>A run that is completed, and one that is under way.</summary>
    private static async Task FillRunsAsync(IStore store)
    {
        const string Document = """{"owner": "acme", "name": "one", "version": "1", "steps": [{"id": "a", "action": "step"}]}""";
        var published = await store.Definitions.PublishAsync(new("acme", "one", "1"), null, Json(Document), Document, "json", None);
        var key = Assert.IsType<Runs.PublishResult.Published>(published).Definition.Key;
        var run = new Runs.NewRun { Id = default, Workspace = Default, DefinitionKey = key, Input = Json("1"), DefaultMaxParallel = 9, Priority = 500 };
        await store.Runs.StartAsync([run with { Id = TaskIds.Next() }, run with { Id = TaskIds.Next() }], None);
        var turn = await store.Turns.TakeAsync(new Turns.TurnRequest(Guid.Empty, 1, [new("step", 1)], Lease), None);
        Assert.Equal([SettlementResult.Accepted], await store.Leases.SettleAsync([Settlement(Assert.Single(turn.Tasks), Completed())], None));
    }

    /// <summary>One that waits for its child.</summary>
    private static async Task FillChildrenAsync(IStore store)
    {
        await SubmitAsync(store, Default, [NewTask("parent")]);
        var parent = Assert.Single((await store.Turns.TakeAsync(new Turns.TurnRequest(Guid.Empty, 1, [new("parent", 1)], Lease), None)).Tasks);
        var child = NewTask("child") with { ParentId = parent.Lease.TaskId };
        await SubmitAsync(store, Default, [child]);
        Assert.Equal([SettlementResult.Parked], await store.Leases.SettleAsync([Settlement(parent, new AttemptOutcome.Awaiting([child.Id], null))], None));
    }

    /// <summary>One that has consumed messages, has been answered, and asks again; and one that was answered.</summary>
    private static async Task FillSteeringAsync(IStore store)
    {
        await SubmitAsync(store, Default, NewTasks(2, "asking"));
        var claims = (await store.Turns.TakeAsync(new Turns.TurnRequest(Guid.Empty, 2, [new("asking", 2)], Lease), None)).Tasks;
        foreach (var claim in claims)
        {
            await store.Steering.AppendAsync(claim.Lease.TaskId, [new("user", "one"), new("system", "two"), new("user", "three")], null, None);
            Assert.True(await store.Steering.SaveAsync(claim.Lease, Json("1"), 2, null, None));
            var outcome = new AttemptOutcome.AwaitingApproval(new(null, "Go on?", null, TimeSpan.FromDays(1)), null);
            Assert.Equal([SettlementResult.Parked], await store.Leases.SettleAsync([Settlement(claim, outcome)], None));
        }

        await store.Steering.DecideAsync(claims[0].Lease.TaskId, new(Steering.ApprovalVerdict.Approve), None);
    }

    private static async Task SubmitAsync(IStore store, string workspace, Submissions.NewTask[] tasks) =>
        Assert.IsType<Submissions.SubmissionResult.Accepted>(
            Assert.Single(await store.Submissions.SubmitAsync([new Submissions.Submission(workspace, tasks)], None)));
}
