using Orchestrator.Core.Fuses;
using Orchestrator.Storage.Bulk;
using Orchestrator.Storage.Submissions;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class PendingCapConformance(Func<Task<ITestStore>> create) : FuseSuite(create)
{
    [StoreFact]
    public async Task Submit_AsManyAsTheCapThenOneMore_IsRefusedAndTripsTheFuse()
    {
        await CreateOwnAsync(new FuseSettings { PendingTotal = 10 });
        await SubmitToAsync(Own, NewTasks(7));
        await SubmitToAsync(Own, NewTasks(3));

        var refused = Assert.IsType<SubmissionResult.PendingCapReached>(await TrySubmitAsync(new Submission(Own, [NewTask()])));

        Assert.Equal((false, 10L, true), (refused.Delegated, refused.Cap, refused.Tripped));
        Assert.NotNull((await FuseAsync(Fuse.PendingCap))!.TrippedAt);
        Assert.False((await FindOwnAsync()).Paused);
        Assert.Equal(["fuse.tripped"], await EventsAsync());
        Assert.False(Assert.IsType<SubmissionResult.PendingCapReached>(await TrySubmitAsync(new Submission(Own, [NewTask()]))).Tripped);
        Assert.Equal(10, (await TakeAsync()).Count);
    }

    [StoreFact]
    public async Task Submit_TasksHaveEnded_FindsRoomAndClosesTheFuse()
    {
        await CreateOwnAsync(new FuseSettings { PendingTotal = 4 });
        await SubmitToAsync(Own, NewTasks(4));
        await TrySubmitAsync(new Submission(Own, [NewTask()]));
        foreach (var task in await TakeAsync(2))
        {
            await SettleAsync(task, Completed());
        }

        await Clock.AdvanceAsync(PendingRules.CountEvery);

        await SubmitToAsync(Own, NewTasks(2));
        Assert.IsType<SubmissionResult.PendingCapReached>(await TrySubmitAsync(new Submission(Own, [NewTask()])));
        Assert.Equal(["fuse.tripped", "fuse.reset"], await EventsAsync());
    }

    [StoreFact]
    public async Task Submit_BatchThatDoesNotFit_StoresNothingOfIt()
    {
        await CreateOwnAsync(new FuseSettings { PendingTotal = 5 });

        await SubmitToAsync(Own, NewTasks(2));

        Assert.IsType<SubmissionResult.PendingCapReached>(await TrySubmitAsync(new Submission(Own, NewTasks(4))));

        Assert.StartsWith("No room for 4 more tasks, 0 delegated: of at most 5 that may wait or run there are 2", (await FuseAsync(Fuse.PendingCap))!.Reason, StringComparison.Ordinal);
        await SubmitToAsync(Own, NewTasks(3));
    }

    [StoreFact]
    public async Task Submit_BatchLargerThanTheCap_IsInvalidAndTripsNothing()
    {
        await CreateOwnAsync(new FuseSettings { PendingTotal = 5, PendingDelegated = 1 });
        var children = (await SubmitChildrenAsync(1))[0];

        var results = await Store.Submissions.SubmitAsync([new Submission(Own, NewTasks(6)), new Submission(Own, NewTasks(2))], None);

        Assert.Equal(new SubmissionResult.LargerThanPendingCap(false, 5), results[0]);
        Assert.IsType<SubmissionResult.Accepted>(results[1]);
        Assert.Equal(
            new SubmissionResult.LargerThanPendingCap(true, 1),
            await TrySubmitAsync(new Submission(Own, [.. NewTasks(2).Select(task => task with { ParentId = children.ParentId })])));
        Assert.Empty(await EventsAsync());
    }

    [StoreFact]
    public async Task Close_NobodySubmits_ClosesOnceThereIsRoom()
    {
        await CreateOwnAsync(new FuseSettings { PendingTotal = 2 });
        await SubmitToAsync(Own, NewTasks(2));
        await TrySubmitAsync(new Submission(Own, [NewTask()]));
        Assert.Equal(0, await Store.Fuses.CloseWithRoomAsync(10, None));

        await SettleAsync(Assert.Single(await TakeAsync(1)), Completed());

        Assert.Equal(1, await Store.Fuses.CloseWithRoomAsync(10, None));
        Assert.Equal(0, await Store.Fuses.CloseWithRoomAsync(10, None));
        Assert.Equal(["fuse.tripped", "fuse.reset"], await EventsAsync());
    }

    [StoreFact]
    public async Task Submit_DelegatedTasks_HaveACapOfTheirOwn()
    {
        await CreateOwnAsync(new FuseSettings { PendingDelegated = 2 });
        var children = await SubmitChildrenAsync(2);

        var refused = Assert.IsType<SubmissionResult.PendingCapReached>(
            await TrySubmitAsync(new Submission(Own, [NewTask() with { ParentId = children[0].ParentId }])));

        Assert.Equal((true, 2L), (refused.Delegated, refused.Cap));
        await SubmitToAsync(Own, NewTasks(3));
    }

    [StoreFact]
    public async Task Submit_ManyInOneTransaction_LetsInAsManyAsFit()
    {
        await CreateOwnAsync(new FuseSettings { PendingTotal = 3 });

        var results = await Store.Submissions.SubmitAsync([.. NewTasks(5).Select(task => new Submission(Own, [task]))], None);

        Assert.Equal(3, results.Count(result => result is SubmissionResult.Accepted));
        Assert.Equal(2, results.Count(result => result is SubmissionResult.PendingCapReached));
    }

    [StoreFact]
    public async Task Update_OtherCap_HoldsAtOnce()
    {
        await CreateOwnAsync(new FuseSettings { PendingTotal = 100 });
        await SubmitToAsync(Own, NewTasks(3));

        await Store.Workspaces.UpdateAsync(Own, workspace => workspace with { Fuses = new FuseSettings { PendingTotal = 4 } }, None);
        await SubmitToAsync(Own, NewTask());
        Assert.IsType<SubmissionResult.PendingCapReached>(await TrySubmitAsync(new Submission(Own, [NewTask()])));

        await Store.Workspaces.UpdateAsync(Own, workspace => workspace with { Fuses = FuseSettings.Default }, None);
        await SubmitToAsync(Own, NewTasks(5));
    }

    [StoreFact]
    public async Task Submit_RepeatedKeyAtTheCap_AnswersTheSameTask()
    {
        await CreateOwnAsync(new FuseSettings { PendingTotal = 1 });
        var task = NewTask();
        var submission = new Submission(Own, [task], new IdempotencyKey("key", new byte[32]));
        Assert.IsType<SubmissionResult.Accepted>(await TrySubmitAsync(submission));

        Assert.Equal([task.Id], Assert.IsType<SubmissionResult.Replayed>(await TrySubmitAsync(submission)).TaskIds);
    }

    [StoreFact]
    public async Task Move_TargetIsNearItsCap_TakesWhatFits()
    {
        await CreateOwnAsync(new FuseSettings { PendingTotal = 3 });
        await SubmitToAsync(Own, NewTask());
        await SubmitAsync(NewTasks(5));
        var operation = await Store.Bulk.CreateAsync(new BulkOperation { Id = TaskIds.Next(), Kind = BulkKind.Move, Filter = new(Default), Target = Own }, None);

        while ((await Store.Bulk.StepAsync(100, (_, _) => NewTask(), None)) is not null)
        {
        }

        var done = await Store.Bulk.FindAsync(operation!.Id, None);
        Assert.Equal((2L, 3L), (done!.Done, done.Skipped));
    }
}
