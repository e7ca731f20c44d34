using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Turns;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>Workers that create children: under their lease, each once.</summary>
public abstract class DelegationConformance(Func<Task<ITestStore>> create) : DelegationSuite(create)
{
    [StoreFact]
    public async Task Submit_ByAnAttempt_StoresChildrenOfItsTask()
    {
        var parent = await ClaimParentAsync();

        var created = await DelegateAsync(parent, Child(parent, "a"), Child(parent, "b"));

        Assert.Equal([(TaskState.Queued, 1, false), (TaskState.Queued, 1, false)], created.Select(task => (task.State, task.DelegationDepth, task.Existed)));
        Assert.All(created, task => Assert.Equal(parent.Lease.TaskId, FindAsync(task.Id).GetAwaiter().GetResult().ParentId));
        Assert.Equal(2, (await TakeAsync()).Count);
    }

    [StoreFact]
    public async Task Submit_TheSameKeysAgain_AnswersTheSameChildren()
    {
        var parent = await ClaimParentAsync();
        var first = await DelegateAsync(parent, Child(parent, "a"), Child(parent, "b"));
        await SettleAsync(Assert.Single(await TakeAsync(1)), Completed());

        var second = await DelegateAsync(parent, Child(parent, "b"), Child(parent, "a"), Child(parent, "c"), Child(parent, "c"));

        Assert.Equal([first[1].Id, first[0].Id], second.Take(2).Select(task => task.Id));
        Assert.Equal([true, true, false, false], second.Select(task => task.Existed));
        Assert.Equal(second[2].Id, second[3].Id);
        Assert.Equal(2, (await TakeAsync()).Count);
    }

    [StoreFact]
    public async Task Submit_TheSameKeysInOneBatch_MakesThemOnce()
    {
        var parent = await ClaimParentAsync();
        var submissions = Enumerable.Range(0, 3).Select(_ => Delegating(parent, Child(parent, "a"), Child(parent, "b"))).ToList();

        var results = await Store.Submissions.SubmitAsync(submissions, None);

        var ids = results.Select(result => string.Join(' ', Assert.IsType<SubmissionResult.Accepted>(result).Tasks.Select(task => task.Id)));
        Assert.Single(ids.Distinct());
        Assert.Equal(2, (await TakeAsync()).Count);
    }

    [StoreFact]
    public async Task Submit_AKeyWithAnotherInput_IsAConflictAndStoresNothing()
    {
        var parent = await ClaimParentAsync();
        await DelegateAsync(parent, Child(parent, "a"));

        var result = await TrySubmitAsync(Delegating(parent, Child(parent, "new"), Child(parent, "a") with { Input = Json("2") }));
        var twice = await TrySubmitAsync(Delegating(parent, Child(parent, "b"), Child(parent, "b") with { Action = "other" }));

        Assert.Equal(new SubmissionResult.DelegationConflict("a"), result);
        Assert.Equal(new SubmissionResult.DelegationConflict("b"), twice);
        Assert.Single(await TakeAsync());
    }

    [StoreFact]
    public async Task Submit_ByTwoParentsWithTheSameKey_MakesAChildOfEach()
    {
        await SubmitAsync(NewTasks(2));
        var parents = await TakeAsync();

        var children = await Store.Submissions.SubmitAsync([.. parents.Select(parent => Delegating(parent, Child(parent, "a")))], None);

        Assert.Equal(2, children.Select(result => Assert.Single(Assert.IsType<SubmissionResult.Accepted>(result).Tasks).Id).Distinct().Count());
    }

    [StoreFact]
    public async Task Submit_ByAnAttemptWithoutItsLease_IsRefusedAlsoForKnownKeys()
    {
        var parent = await ClaimParentAsync();
        await DelegateAsync(parent, Child(parent, "a"));
        await Clock.AdvanceAsync(Lease);

        Assert.IsType<SubmissionResult.LeaseLost>(await TrySubmitAsync(Delegating(parent, Child(parent, "a"))));
        await SettleAsync(parent, Retried(), ofExpiredLease: true);
        Assert.IsType<SubmissionResult.LeaseLost>(await TrySubmitAsync(Delegating(parent, Child(parent, "b"))));

        // The attempt that follows finds what the lost one made.
        var again = Assert.Single(await TakeAsync(1));
        Assert.Equal(parent.Lease.TaskId, again.Lease.TaskId);
        Assert.True(Assert.Single(await DelegateAsync(again, Child(again, "a"))).Existed);
    }

    [StoreFact]
    public async Task Submit_ByAnAttemptOfACancelledTask_IsRefused()
    {
        var parent = await ClaimParentAsync();
        await Store.Control.CancelAsync(parent.Lease.TaskId, None);

        Assert.IsType<SubmissionResult.LeaseLost>(await TrySubmitAsync(Delegating(parent, Child(parent, "a"))));
    }

    [StoreFact]
    public async Task Submit_PastTheWorkspacesDepth_IsRefusedWithTheLimit()
    {
        await Test.ExecuteSqlAsync("update workspaces set max_delegation_depth = 1 where id = 'default'");
        var parent = await ClaimParentAsync();
        await DelegateAsync(parent, Child(parent, "a"));
        var child = await TakeOneAsync();

        var result = await TrySubmitAsync(Delegating(child, Child(child, "b")));

        var problem = Assert.Single(Assert.IsType<SubmissionResult.InvalidReferences>(result).References);
        Assert.Equal(new InvalidReference(0, null, ReferenceProblem.TooDeep) { Limit = 1 }, problem);
    }

    [StoreFact]
    public async Task Submit_WithACheckpoint_GivesItToTheNextAttempt()
    {
        var parent = await ClaimParentAsync();
        Assert.Null(parent.Checkpoint);
        var submission = Delegating(parent, Child(parent, "a"));
        await TrySubmitAsync(submission with { DelegatedBy = submission.DelegatedBy! with { Checkpoint = Json("""{"plan":1}""") } });
        await SettleAsync(parent, Retried());

        var again = Assert.Single(await TakeAsync(1));

        Assert.Equal(parent.Lease.TaskId, again.Lease.TaskId);
        Assert.Equal("""{"plan":1}""", Text(again.Checkpoint));
        Assert.Equal(0, again.Continuation);
    }

    [StoreFact]
    public async Task Submit_ByTheRestInterface_NeedsNoKeyAndNoLease()
    {
        var parent = await ClaimParentAsync();

        Assert.Equal(2, (await SubmitAsync(NewTask() with { ParentId = parent.Lease.TaskId }, NewTask() with { ParentId = parent.Lease.TaskId })).Count);
    }

    [StoreFact]
    public async Task Find_Children_TellsHowTheyEndedOnceAllHave()
    {
        var parent = await ClaimParentAsync();
        var children = (await DelegateAsync(parent, Child(parent, "a"), Child(parent, "b"))).Select(task => task.Id).ToArray();
        var foreign = await SubmitOneAsync(NewTask("other"));
        var claimed = await TakeAsync();
        await SettleAsync(claimed[0], Completed("[1]"));

        var before = await Store.Delegation.FindChildrenAsync(parent.Lease.TaskId, [.. children, foreign], None);
        await SettleAsync(claimed[1], Failed());
        var after = await Store.Delegation.FindChildrenAsync(parent.Lease.TaskId, children, None);

        Assert.Equal([TaskState.Completed, TaskState.Processing], before.Select(child => child.State));
        Assert.All(before, child => Assert.Null(child.Result));
        Assert.Equal(children, after.Select(child => child.Id));
        Assert.Equal("[1]", Text(after[0].Result));
        Assert.Null(after[0].Error);
        Assert.Equal(ErrorCodes.InvalidInput, after[1].Error!.Code);
    }

    private async Task<ClaimedTask> ClaimParentAsync()
    {
        await SubmitOneAsync();
        return await TakeOneAsync();
    }
}
