using Orchestrator.Storage.Retention;
using Orchestrator.Storage.Submissions;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class IdempotencyConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    private static readonly byte[] Body = [.. Enumerable.Repeat((byte)1, 32)];
    private static readonly byte[] OtherBody = [.. Enumerable.Repeat((byte)2, 32)];

    [StoreFact]
    public async Task Submit_SameKeyAndBody_AnswersTheSameTasksAndStoresNoMore()
    {
        var tasks = NewTasks(3);
        Assert.IsType<SubmissionResult.Accepted>(await TrySubmitAsync(Keyed("k", Body, tasks)));

        var replay = Assert.IsType<SubmissionResult.Replayed>(await TrySubmitAsync(Keyed("k", Body, NewTasks(3))));

        Assert.Equal(tasks.Select(task => task.Id), replay.TaskIds);
        Assert.Equal(3, (await TakeAsync()).Count);
    }

    [StoreFact]
    public async Task Submit_SameKeyOtherBody_IsAConflict()
    {
        await TrySubmitAsync(Keyed("k", Body, NewTask()));

        Assert.IsType<SubmissionResult.IdempotencyConflict>(await TrySubmitAsync(Keyed("k", OtherBody, NewTask())));

        Assert.Single(await TakeAsync());
    }

    [StoreFact]
    public async Task Submit_SameKeyTwiceInOneCall_StoresOne()
    {
        var results = await Store.Submissions.SubmitAsync([Keyed("k", Body, NewTask()), Keyed("k", Body, NewTask()), Keyed("k", OtherBody, NewTask())], None);

        var accepted = Assert.IsType<SubmissionResult.Accepted>(results[0]);
        Assert.Equal(accepted.Tasks.Select(task => task.Id), Assert.IsType<SubmissionResult.Replayed>(results[1]).TaskIds);
        Assert.IsType<SubmissionResult.IdempotencyConflict>(results[2]);
        Assert.Single(await TakeAsync());
    }

    [StoreFact]
    public async Task Submit_SameKeyInAnotherWorkspace_IsAnotherKey()
    {
        await CreateWorkspaceAsync("other");
        await TrySubmitAsync(Keyed("k", Body, NewTask()));

        Assert.IsType<SubmissionResult.Accepted>(await TrySubmitAsync(new Submission("other", [NewTask()], new IdempotencyKey("k", OtherBody))));
    }

    [StoreFact]
    public async Task Submit_RefusedSubmission_DoesNotUseUpItsKey()
    {
        var refused = NewTask() with { ParentId = Guid.NewGuid() };
        Assert.IsType<SubmissionResult.InvalidReferences>(await TrySubmitAsync(Keyed("k", Body, refused)));

        Assert.IsType<SubmissionResult.Accepted>(await TrySubmitAsync(Keyed("k", OtherBody, NewTask())));
    }

    [StoreFact]
    public async Task Submit_SameKeyAfterItsTaskIsGone_StillAnswersTheTask()
    {
        var task = NewTask();
        await TrySubmitAsync(Keyed("k", Body, task));
        await SettleAsync(await TakeOneAsync(), Completed());
        await PurgeAsync(receipts: TimeSpan.FromHours(24));
        Assert.Null(await Store.Tasks.FindAsync(task.Id, None));

        var replay = Assert.IsType<SubmissionResult.Replayed>(await TrySubmitAsync(Keyed("k", Body, NewTask())));

        Assert.Equal([task.Id], replay.TaskIds);
    }

    [StoreFact]
    public async Task Submit_SameKeyAfterItsReceiptExpired_IsANewSubmission()
    {
        await TrySubmitAsync(Keyed("k", Body, NewTask()));
        await Clock.AdvanceAsync(TimeSpan.FromHours(25));
        await PurgeAsync(receipts: TimeSpan.FromHours(24));

        Assert.IsType<SubmissionResult.Accepted>(await TrySubmitAsync(Keyed("k", OtherBody, NewTask())));
    }

    private static Submission Keyed(string key, byte[] hash, params NewTask[] tasks) => new(Default, tasks, new IdempotencyKey(key, hash));

    private async Task PurgeAsync(TimeSpan receipts)
    {
        await ResolveAsync();
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        var periods = new RetentionPeriods(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, receipts);
        while (await Store.Retention.PurgeAsync(periods, 100, None) > 0)
        {
        }
    }
}
