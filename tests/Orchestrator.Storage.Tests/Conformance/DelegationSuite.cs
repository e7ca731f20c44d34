using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Turns;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>Short words for parents and their children.</summary>
public abstract class DelegationSuite(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    protected static NewTask Child(ClaimedTask parent, string key) => NewTask() with { ParentId = parent.Lease.TaskId, DelegationKey = key };

    protected static Submission Delegating(ClaimedTask parent, params NewTask[] children) =>
        new(parent.Workspace, children) { DelegatedBy = new DelegatingAttempt(parent.Lease) };

    protected static AttemptOutcome.Awaiting Awaiting(IReadOnlyList<Guid> children, string? checkpoint = null) =>
        new(children, checkpoint is null ? null : Json(checkpoint));

    protected async Task<IReadOnlyList<CreatedTask>> DelegateAsync(ClaimedTask parent, params NewTask[] children) =>
        Assert.IsType<SubmissionResult.Accepted>(await TrySubmitAsync(Delegating(parent, children))).Tasks;

    /// <summary>A running task with so many children.</summary>
    protected async Task<(ClaimedTask Parent, Guid[] Children)> DelegateAsync(int count, NewTask? task = null)
    {
        await SubmitOneAsync(task);
        var parent = await TakeOneAsync();
        var children = Enumerable.Range(0, count).Select(number => Child(parent, $"child-{number}")).ToArray();
        if (count > 0)
        {
            await DelegateAsync(parent, children);
        }

        return (parent, [.. children.Select(child => child.Id)]);
    }
}
