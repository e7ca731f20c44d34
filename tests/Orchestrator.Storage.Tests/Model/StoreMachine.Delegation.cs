using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tests.Conformance;

namespace Orchestrator.Storage.Tests.Model;

/// <summary>The steps that delegation adds.</summary>
internal sealed partial class StoreMachine
{
    private async Task DelegateAsync(Operation operation)
    {
        if (AnyClaim(operation.A) is not { } claim)
        {
            return;
        }

        var child = new NewTask
        {
            Id = TaskIds.Next(),
            Action = Action,
            ParentId = claim.Lease.TaskId,
            DelegationKey = $"key-{operation.B % 3}",
            DependsOn = operation.C % 5 == 0 && AnyTask(operation.B) is { } other && other.Workspace == claim.Workspace ? [other.Id] : [],
        };
        var known = _model.Tasks.FirstOrDefault(task => task.ParentId == child.ParentId && task.DelegationKey == child.DelegationKey);
        var held = _model.Holds(claim.Lease, _clock.Now);
        var problem = held && known is null ? _model.Submit(child, claim.Workspace, _clock.Now) : null;

        var submission = new Submission(claim.Workspace, [child]) { DelegatedBy = new DelegatingAttempt(claim.Lease) };
        var result = Assert.Single(await _store.Submissions.SubmitAsync([submission], None));
        if (!held)
        {
            Assert.IsType<SubmissionResult.LeaseLost>(result);
        }
        else if (problem is { } found)
        {
            Assert.Equal(found, Assert.Single(Assert.IsType<SubmissionResult.InvalidReferences>(result).References).Problem);
        }
        else
        {
            Assert.Equal((known ?? _model.Find(child.Id)!).Id, Assert.Single(Assert.IsType<SubmissionResult.Accepted>(result).Tasks).Id);
        }
    }

    private async Task AwaitAsync(Operation operation)
    {
        if (AnyClaim(operation.A) is not { } claim)
        {
            return;
        }

        var parent = _model.Find(claim.Lease.TaskId)!;
        var children = _model.Tasks.Where((task, index) => task.ParentId == parent.Id && (operation.B % 4 > 0 || index % 2 == 0)).ToList();
        var expected = Expect();
        var settlement = new Settlement(claim.Lease, claim.WorkspaceKey, claim.Lane, new AttemptOutcome.Awaiting([.. children.Select(child => child.Id)], null));
        Assert.Equal(expected, Assert.Single(await _store.Leases.SettleAsync([settlement], None)));

        SettlementResult Expect()
        {
            if (!_model.Holds(claim.Lease, _clock.Now))
            {
                return parent.SettledToken == claim.Lease.Token ? SettlementResult.Accepted : SettlementResult.LeaseLost;
            }

            var live = children.Where(child => child.IsLive).ToList();
            if (live.Any(child => WaitsThroughOthers(child, parent.Id, [])))
            {
                return SettlementResult.Circular;
            }

            parent.Await(live);
            return parent.State == TaskState.Waiting ? SettlementResult.Parked : SettlementResult.Accepted;
        }
    }

    private bool WaitsThroughOthers(ModelTask task, Guid id, HashSet<Guid> seen) =>
        task.WaitsFor.Contains(id) || task.WaitsFor.Where(seen.Add).Any(next => WaitsThroughOthers(_model.Find(next)!, id, seen));
}
