using Orchestrator.Core.Resources;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Resources;

namespace Orchestrator.Storage.Tests.Model;

/// <summary>The steps that resources add. Only tasks of one workspace need them, so that the order in which they are granted is known.</summary>
internal sealed partial class StoreMachine
{
    private DateTimeOffset _lastLook;

    private async Task PutResourcesAsync(int capacity, int permits)
    {
        await _store.Resources.PutAsync(ModelResources.Tokens, new ResourceBounds.Bucket(capacity, 0.25m), None);
        await _store.Resources.PutAsync(ModelResources.Permits, new ResourceBounds.Semaphore(permits), None);
    }

    private Task ChangeResourcesAsync(Operation operation)
    {
        var (capacity, permits) = ((operation.A % 4) + 3, (operation.B % 3) + 2);
        _resources.Change(capacity, permits, _clock.Now);
        return PutResourcesAsync(capacity, permits);
    }

    private static Dictionary<string, int> Needs(Operation operation)
    {
        var needs = new Dictionary<string, int>();
        if (operation.A % 2 == 0 && operation.C % 3 == 0)
        {
            needs[ModelResources.Tokens] = (operation.B % 3) + 1;
        }

        if (operation.A % 2 == 0 && operation.B % 4 == 0)
        {
            needs[ModelResources.Permits] = (operation.C % 2) + 1;
        }

        return needs;
    }

    /// <summary>Holds what a turn granted and parked of a workspace against the model, task by task in the order of rank.</summary>
    private async Task<int> CheckGrantsAsync(string workspace, List<Guid> claimed)
    {
        var seen = 0;
        var parked = 0;
        foreach (var task in _model.Ready(workspace).ToList())
        {
            var isWaiting = (await _store.Tasks.FindAsync(task.Id, None))!.State == TaskState.Waiting;
            if (!isWaiting && !claimed.Contains(task.Id))
            {
                break;
            }

            seen += isWaiting ? 0 : 1;
            var lacking = _resources.TryGrant(task, _clock.Now);
            Assert.Equal(lacking, isWaiting ? (await _store.Tasks.FindAsync(task.Id, None))!.WaitingOn : null);
            if (lacking is null)
            {
                // It holds its permits from now on.
                task.State = TaskState.Processing;
                continue;
            }

            parked++;
            task.Park(lacking, _clock.Now);
        }

        Assert.Equal(claimed.Count, seen);
        return parked;
    }

    private async Task WakeAsync()
    {
        var woken = await _store.Resources.WakeAsync(true, None);
        var rest = woken;
        foreach (var name in ModelResources.Names)
        {
            var expected = _resources.Wakeable(name, _clock.Now);
            var count = expected.TakeWhile((task, index) => index < rest.Count && rest.Contains(task.Id)).Count();
            Assert.True(count == expected.Count || !_resources.MustBeLookedAt(name, _lastLook, _clock.Now), $"{count} of {expected.Count} were woken for {name}.");
            foreach (var task in expected.Take(count))
            {
                task.Wake(_model.Paused.Contains(task.Workspace) ? null : name, _clock.Now);
            }

            rest = [.. rest.Except(expected.Select(task => task.Id))];
        }

        Assert.Empty(rest);
        _lastLook = _clock.Now;
    }

    private async Task RefuseAsync(Operation operation)
    {
        if (AnyClaim(operation.A) is not { } claim)
        {
            return;
        }

        var pause = TimeSpan.FromSeconds((operation.B % 5) + 1);
        var error = TaskError.Of(ErrorCodes.RateLimited, "429");
        var otherwise = new AttemptOutcome.Failed(error);
        var task = _model.Find(claim.Lease.TaskId)!;
        if (!_model.Holds(claim.Lease, _clock.Now) || task.AmountOf(ModelResources.Tokens) == 0)
        {
            await SettleAsync(claim, new AttemptOutcome.Refused(error, pause, otherwise), otherwise, ofExpiredLease: false);
            return;
        }

        _resources.Close(_clock.Now + pause, _clock.Now);
        task.Refuse(ModelResources.Tokens, _clock.Now);
        var settlement = new Settlement(claim.Lease, claim.WorkspaceKey, claim.Lane, new AttemptOutcome.Refused(error, pause, otherwise));
        Assert.Equal([SettlementResult.Parked], await _store.Leases.SettleAsync([settlement], None));
    }

    private async Task CompareResourcesAsync()
    {
        foreach (var resource in await _store.Resources.ListAsync(null, 10, None))
        {
            Assert.Equal(_resources.Free(resource.Name, _clock.Now) / (decimal)TokenBucket.Token, resource.Available);
            Assert.Equal(_model.Tasks.Count(task => task.State == TaskState.Waiting && task.WaitsOn == resource.Name), resource.Waiting);
        }
    }
}
