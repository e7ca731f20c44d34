using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class ReminderConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [StoreFact]
    public async Task FireDue_BeforeItsTime_DoesNothing()
    {
        await SubmitOneAsync(NewTask() with { RunAt = Clock.Now + Minute });
        await Clock.AdvanceAsync(Minute - TimeSpan.FromMilliseconds(1));

        Assert.Empty(await Store.Reminders.FireDueAsync(10, None));
    }

    [StoreFact]
    public async Task FireDue_AtItsTime_MovesItOnce()
    {
        var id = await SubmitOneAsync(NewTask() with { RunAt = Clock.Now + Minute });
        await Clock.AdvanceAsync(Minute);

        Assert.Equal([id], await Store.Reminders.FireDueAsync(10, None));
        Assert.Empty(await Store.Reminders.FireDueAsync(10, None));

        Assert.Equal(["submitted", "scheduled", "queued"], await HistoryAsync(id));
    }

    [StoreFact]
    public async Task FireDue_MoreThanTheLimit_FiresTheEarliest()
    {
        var late = await SubmitOneAsync(NewTask() with { RunAt = Clock.Now + Minute });
        var early = await SubmitOneAsync(NewTask() with { RunAt = Clock.Now.AddSeconds(1) });
        await Clock.AdvanceAsync(Minute);

        Assert.Equal([early], await Store.Reminders.FireDueAsync(1, None));
        Assert.Equal([late], await Store.Reminders.FireDueAsync(1, None));
    }

    [StoreFact]
    public async Task FailOverdue_LiveTaskInEachState_EndsIt()
    {
        var deadline = Clock.Now + Minute;
        var running = await SubmitOneAsync(NewTask() with { DeadlineAt = deadline });
        var claimed = await TakeOneAsync();
        var queued = await SubmitOneAsync(NewTask() with { DeadlineAt = deadline });
        var scheduled = await SubmitOneAsync(NewTask() with { DeadlineAt = deadline, RunAt = deadline + Minute });
        var blocked = await SubmitOneAsync(NewTask() with { DeadlineAt = deadline, DependsOn = [queued] });
        var unbounded = await SubmitOneAsync();
        Assert.Empty(await Store.Reminders.FailOverdueAsync(10, None));
        await Clock.AdvanceAsync(Minute);

        var failed = await Store.Reminders.FailOverdueAsync(10, None);

        Assert.Equal(new[] { running, queued, scheduled, blocked }.Order(), failed.Order());
        foreach (var id in failed)
        {
            var record = await FindAsync(id);
            Assert.Equal(TaskState.Failed, record.State);
            Assert.Equal(ErrorCodes.DeadlineExceeded, record.Error?.Code);
            Assert.Equal("failed", (await HistoryAsync(id))[^1]);
        }

        Assert.Equal(TaskState.Queued, await StateAsync(unbounded));
        Assert.Equal(SettlementResult.LeaseLost, await SettleAsync(claimed, Completed()));
        Assert.Empty(await Store.Reminders.FailOverdueAsync(10, None));
    }

    [StoreFact]
    public async Task FailOverdue_MoreThanTheLimit_GoesOnWithTheNextCall()
    {
        await SubmitAsync([.. NewTasks(5).Select(task => task with { DeadlineAt = Clock.Now + Minute })]);
        await Clock.AdvanceAsync(Minute);

        Assert.Equal(3, (await Store.Reminders.FailOverdueAsync(3, None)).Count);
        Assert.Equal(2, (await Store.Reminders.FailOverdueAsync(3, None)).Count);
    }

    [StoreFact]
    public async Task ResolveEnded_OverdueDependency_CancelsTheDependant()
    {
        var first = await SubmitOneAsync(NewTask() with { DeadlineAt = Clock.Now + Minute });
        var second = await SubmitOneAsync(NewTask() with { DependsOn = [first] });
        await Clock.AdvanceAsync(Minute);
        await Store.Reminders.FailOverdueAsync(10, None);

        await ResolveAsync();

        Assert.Equal(ErrorCodes.DependencyFailed, (await FindAsync(second)).Error?.Code);
    }

    [StoreFact]
    public async Task ResolveEnded_NothingLeft_IsEmpty()
    {
        await SubmitEndedAsync(Completed());

        Assert.Empty(await Store.Reminders.ResolveEndedAsync(10, None));
    }

    [StoreFact]
    public async Task ResolveEnded_MoreThanTheLimit_GoesOnUntilEveryDependantIsTold()
    {
        var firsts = await SubmitAsync(NewTasks(25));
        var seconds = await SubmitAsync([.. firsts.Select(first => NewTask() with { DependsOn = [first.Id] })]);
        await Store.Leases.SettleAsync([.. (await TakeEverythingAsync()).Select(task => Settlement(task, Completed()))], None);

        while ((await Store.Reminders.ResolveEndedAsync(4, None)).Count > 0)
        {
        }

        Assert.Equal(seconds.Select(task => task.Id).Order(), (await TakeEverythingAsync()).Select(task => task.Lease.TaskId).Order());
    }

    [StoreFact]
    public async Task ResumePaused_PauseThatRanOut_GoesOn()
    {
        await CreateWorkspaceAsync("for-ever");
        await SubmitOneAsync();
        await Store.Workspaces.PauseAsync(Default, Clock.Now + Minute, None);
        await Store.Workspaces.PauseAsync("for-ever", null, None);
        Assert.Equal(0, await Store.Reminders.ResumePausedAsync(None));
        await Clock.AdvanceAsync(Minute);

        Assert.Equal(1, await Store.Reminders.ResumePausedAsync(None));

        var workspace = (await Store.Workspaces.FindAsync(Default, None))!;
        Assert.False(workspace.Paused);
        Assert.Null(workspace.PausedUntil);
        Assert.True((await Store.Workspaces.FindAsync("for-ever", None))!.Paused);
        await TakeOneAsync();
    }

    [StoreFact]
    public async Task FindNextDue_NothingToRemind_IsNull()
    {
        await SubmitOneAsync();

        Assert.Null(await Store.Reminders.FindNextDueAsync(None));
    }

    [StoreFact]
    public async Task FindNextDue_EachKind_IsTheTimeUntilTheEarliest()
    {
        await Store.Workspaces.PauseAsync(Default, Clock.Now.AddSeconds(50), None);
        Assert.Equal(TimeSpan.FromSeconds(50), await Store.Reminders.FindNextDueAsync(None));

        await SubmitOneAsync(NewTask() with { DeadlineAt = Clock.Now.AddSeconds(40) });
        Assert.Equal(TimeSpan.FromSeconds(40), await Store.Reminders.FindNextDueAsync(None));

        await SubmitOneAsync(NewTask() with { RunAt = Clock.Now.AddSeconds(30) });
        Assert.Equal(TimeSpan.FromSeconds(30), await Store.Reminders.FindNextDueAsync(None));

        await Clock.AdvanceAsync(TimeSpan.FromSeconds(31));
        Assert.True(await Store.Reminders.FindNextDueAsync(None) <= TimeSpan.Zero);
    }

    [StoreFact]
    public async Task FindNextDue_UnresolvedEnd_IsNow()
    {
        var first = await SubmitOneAsync();
        await SubmitOneAsync(NewTask() with { DependsOn = [first] });
        await SettleAsync(await TakeOneAsync(), Completed());

        Assert.True(await Store.Reminders.FindNextDueAsync(None) <= TimeSpan.Zero);
        await ResolveAsync();
        Assert.Null(await Store.Reminders.FindNextDueAsync(None));
    }
}
