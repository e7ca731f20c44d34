using Orchestrator.Storage.Tasks;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class BlockingConformance(Func<Task<ITestStore>> create) : DelegationSuite(create)
{
    [StoreFact]
    public async Task Follow_TaskThatTenWaitFor_GoesBeforeThoseOfHigherScore()
    {
        var medium = NewTasks(5);
        await SubmitAsync(medium);
        var low = await SubmitScoredAsync(100);
        await SubmitAsync([.. NewTasks(10).Select(task => task with { DependsOn = [low] })]);

        await FollowAsync();

        Assert.Equal(low, (await TakeOneAsync()).Lease.TaskId);
        Assert.Equal(medium[0].Id, (await TakeOneAsync()).Lease.TaskId);
    }

    [StoreFact]
    public async Task Follow_WaitingThroughOthers_CountsEachOnce()
    {
        var blocker = NewTask() with { Score = 300 };
        var left = NewTask() with { DependsOn = [blocker.Id] };
        var right = NewTask() with { DependsOn = [blocker.Id] };
        var last = NewTask() with { DependsOn = [left.Id, right.Id] };
        await SubmitAsync(blocker, left, right, last);
        var higher = await SubmitScoredAsync(300 + 185);
        var lower = await SubmitScoredAsync(300 + 175);

        await FollowAsync();

        Assert.Equal([higher, blocker.Id, lower], (await TakeAsync()).Select(task => task.Lease.TaskId));
    }

    [StoreFact]
    public async Task Follow_ThoseThatWaitedAreCancelled_TheBoostGoes()
    {
        var blocker = await SubmitScoredAsync(100);
        var other = await SubmitOneAsync();
        var middle = await SubmitOneAsync(NewTask() with { DependsOn = [blocker] });
        await SubmitAsync([.. NewTasks(10).Select(task => task with { DependsOn = [middle] })]);
        await FollowAsync();

        await Store.Control.CancelAsync(middle, None);
        await FollowAsync();

        Assert.Equal([other, blocker], (await TakeAsync()).Select(task => task.Lease.TaskId));
    }

    [StoreFact]
    public async Task Follow_ChildOfAParentThatWaits_RisesWithAllThatWaitForTheParent()
    {
        var (parent, children) = await DelegateAsync(1);
        await SubmitAsync([.. NewTasks(10).Select(task => task with { DependsOn = [parent.Lease.TaskId] })]);
        await Store.Control.PatchAsync(children[0], new TaskPatch { Score = 100 }, None);
        var other = await SubmitScoredAsync(600);
        await SettleAsync(parent, Awaiting(children));

        await FollowAsync();

        Assert.Equal([children[0], other], (await TakeAsync()).Select(task => task.Lease.TaskId));
    }

    [StoreFact]
    public async Task Patch_ScoreOfATaskThatOthersWaitFor_KeepsTheBoost()
    {
        var blocker = await SubmitScoredAsync(100);
        await SubmitAsync([.. NewTasks(10).Select(task => task with { DependsOn = [blocker] })]);
        await FollowAsync();

        await Store.Control.PatchAsync(blocker, new TaskPatch { Score = 200 }, None);
        var higher = await SubmitScoredAsync(810);
        var lower = await SubmitScoredAsync(790);

        Assert.Equal([higher, blocker, lower], (await TakeAsync()).Select(task => task.Lease.TaskId));
    }

    [StoreFact]
    public async Task Follow_LongChainInSmallSteps_ComesToAnEnd()
    {
        var chain = NewTasks(300);
        for (var i = 1; i < chain.Length; i++)
        {
            chain[i] = chain[i] with { DependsOn = [chain[i - 1].Id] };
        }

        await SubmitAsync(chain);

        Assert.InRange(await FollowAsync(limit: 7), 299, 700);
        Assert.Equal(0, await Store.Blocking.FollowAsync(7, None));
    }

    private Task<Guid> SubmitScoredAsync(int score) => SubmitOneAsync(NewTask() with { Score = score });

    /// <summary>Until nothing is left; answers how often a task was looked at. What it brought about is checked.</summary>
    private async Task<int> FollowAsync(int limit = 100)
    {
        var all = 0;
        while (await Store.Blocking.FollowAsync(limit, None) is > 0 and var followed)
        {
            all += followed;
        }

        Assert.Empty(await Store.Invariants.CheckAsync(None));
        return all;
    }
}
