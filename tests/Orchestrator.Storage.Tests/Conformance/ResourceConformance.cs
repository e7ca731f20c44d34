using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Resources;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Turns;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>What a turn grants of buckets and semaphores, and what is checked before.</summary>
public abstract class ResourceConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    [StoreFact]
    public async Task Put_NewResources_AnswersThemFullAndFree()
    {
        var (bucket, isNew) = await Store.Resources.PutAsync("search", new ResourceBounds.Bucket(100, 0.5m), None);
        var (semaphore, _) = await Store.Resources.PutAsync("database", new ResourceBounds.Semaphore(20), None);

        Assert.True(isNew);
        Assert.Equal(new ResourceBounds.Bucket(100, 0.5m), bucket.Bounds);
        Assert.Equal((100m, 0L, null), (bucket.Available, bucket.Waiting, bucket.ClosedUntil));
        Assert.Equal((20m, Clock.Now, Clock.Now), (semaphore.Available, semaphore.CreatedAt, semaphore.UpdatedAt));
        Assert.Equal(semaphore, await Store.Resources.FindAsync("database", None));
        Assert.Null(await Store.Resources.FindAsync("other", None));
        Assert.Equal(["database", "search"], (await Store.Resources.ListAsync(null, 10, None)).Select(resource => resource.Name));
        Assert.Equal([bucket], await Store.Resources.ListAsync("database", 10, None));
    }

    [StoreFact]
    public async Task Submit_UnknownOrTooMuch_IsRefusedWithEachOfThem()
    {
        await Store.Resources.PutAsync("search", new ResourceBounds.Bucket(3, 1), None);
        await Store.Resources.PutAsync("database", new ResourceBounds.Semaphore(2), None);

        var result = await TrySubmitAsync(Needs(("search", 3), ("nowhere", 1)), Needs(("search", 4), ("database", 3)));

        Assert.Equal(
            [new InvalidResource(0, "nowhere", null), new InvalidResource(1, "search", 3), new InvalidResource(1, "database", 2)],
            Assert.IsType<SubmissionResult.InvalidResources>(result).Resources);
        Assert.Empty(await TakeAsync());
    }

    [StoreFact]
    public async Task Take_Bucket_GrantsWhatItHoldsAndParksTheOthers()
    {
        await Store.Resources.PutAsync("search", new ResourceBounds.Bucket(3, 1), None);
        var tasks = await SubmitAsync([.. Enumerable.Range(0, 5).Select(_ => Needs(("search", 1)))]);

        var turn = await TurnAsync(10, new ActionCapacity(Action, 10));

        Assert.Equal(tasks.Take(3).Select(task => task.Id), turn.Tasks.Select(task => task.Lease.TaskId));
        Assert.Equal(2, turn.Parked);
        var waiting = await FindAsync(tasks[3].Id);
        Assert.Equal((TaskState.Waiting, WaitingFor.Resource, "search"), (waiting.State, waiting.WaitingFor, waiting.WaitingOn));
        Assert.Equal(["submitted", "queued", "waiting"], await HistoryAsync(tasks[3].Id));
        var resource = await Store.Resources.FindAsync("search", None);
        Assert.Equal((0m, 2L), (resource!.Available, resource.Waiting));
    }

    [StoreFact]
    public async Task Take_WantOfAResource_HoldsUpNobodyElseOfTheWorkspace()
    {
        await Store.Resources.PutAsync("search", new ResourceBounds.Bucket(1, 1), None);
        await SubmitAsync([.. Enumerable.Range(0, 50).Select(_ => Needs(("search", 1)) with { Score = 900 })]);
        var plain = await SubmitOneAsync();

        var taken = await TakeEverythingAsync(4);

        Assert.Equal(2, taken.Count);
        Assert.Equal(plain, taken[1].Lease.TaskId);
    }

    [StoreFact]
    public async Task Take_SeveralResources_GrantsAllOrNone()
    {
        await Store.Resources.PutAsync("a", new ResourceBounds.Bucket(10, 1), None);
        await Store.Resources.PutAsync("b", new ResourceBounds.Semaphore(1), None);
        await SubmitAsync(Needs(("a", 2), ("b", 1)), Needs(("b", 1), ("a", 2)), Needs(("a", 3)));

        Assert.Equal(2, (await TakeEverythingAsync()).Count);

        // Nothing of "a" went to the one that lacks "b".
        Assert.Equal(5m, (await Store.Resources.FindAsync("a", None))!.Available);
        Assert.Equal(0m, (await Store.Resources.FindAsync("b", None))!.Available);
    }

    [StoreFact]
    public async Task Take_SomebodyBeforeInTheQueue_IsNotPassed()
    {
        await Store.Resources.PutAsync("tokens", new ResourceBounds.Bucket(10, 1), None);
        await SubmitAsync(Needs(("tokens", 8)));
        Assert.Single(await TakeAsync());
        var first = await SubmitOneAsync(Needs(("tokens", 8)));
        Assert.Empty(await TakeAsync());
        var second = await SubmitOneAsync(Needs(("tokens", 1)));

        // There are tokens for the second one, but the first has waited for longer.
        Assert.Empty(await TakeAsync());

        Assert.Equal(TaskState.Waiting, await StateAsync(second));
        var better = await SubmitOneAsync(Needs(("tokens", 1)) with { Score = 1_000 });
        Assert.Equal(better, (await TakeOneAsync()).Lease.TaskId);
        Assert.Equal(TaskState.Waiting, await StateAsync(first));
    }

    [StoreFact]
    public async Task Take_Semaphore_IsFreeAgainHoweverTheAttemptEnds()
    {
        await Store.Resources.PutAsync("database", new ResourceBounds.Semaphore(1), None);
        foreach (var end in new Func<ClaimedTask, Task>[]
        {
            task => SettleAsync(task, Completed()),
            task => SettleAsync(task, Failed()),
            task => SettleAsync(task, Retried(TimeSpan.FromHours(1))),
            task => Store.Control.CancelAsync(task.Lease.TaskId, None),
            async task =>
            {
                await SettleAsync(task, new AttemptOutcome.HandedBack());
                await Store.Control.CancelAsync(task.Lease.TaskId, None);
            },
            async task =>
            {
                await Clock.AdvanceAsync(Lease);
                await SettleAsync(task, Retried(TimeSpan.FromHours(1)), ofExpiredLease: true);
            },
        })
        {
            await SubmitOneAsync(Needs(("database", 1)));
            var held = await TakeOneAsync();
            Assert.Equal(0m, (await Store.Resources.FindAsync("database", None))!.Available);

            await end(held);

            Assert.Equal(1m, (await Store.Resources.FindAsync("database", None))!.Available);
        }
    }

    [StoreFact]
    public async Task Take_LeaseThatExpiredAndWasNotReapedYet_HoldsItsPermits()
    {
        await Store.Resources.PutAsync("database", new ResourceBounds.Semaphore(1), None);
        await SubmitAsync(Needs(("database", 1)), Needs(("database", 1)));
        await TakeOneAsync();
        await Clock.AdvanceAsync(Lease * 2);

        Assert.Empty(await TakeAsync());
    }

    [StoreFact]
    public async Task Take_FractionalRefill_IsExact()
    {
        // 100,000 a minute.
        await Store.Resources.PutAsync("llm", new ResourceBounds.Bucket(100_000, 100_000m / 60), None);
        await SubmitAsync(Needs(("llm", 100_000)), Needs(("llm", 5_000)));
        Assert.Single(await TakeAsync());

        await Clock.AdvanceAsync(TimeSpan.FromMilliseconds(3_000));
        Assert.Equal(4_999.999998m, (await Store.Resources.FindAsync("llm", None))!.Available);
        await WakeAsync();
        Assert.Empty(await TakeAsync());

        await Clock.AdvanceAsync(TimeSpan.FromMilliseconds(1));
        await WakeAsync();
        Assert.Single(await TakeAsync());
    }

    [StoreFact]
    public async Task Put_LowerThanWhatIsHeld_GrantsNothingUntilThereIsRoom()
    {
        await Store.Resources.PutAsync("database", new ResourceBounds.Semaphore(3), None);
        await SubmitAsync([.. Enumerable.Range(0, 5).Select(_ => Needs(("database", 1)))]);
        var held = await TakeAsync(3);

        var (resource, isNew) = await Store.Resources.PutAsync("database", new ResourceBounds.Semaphore(1), None);

        Assert.False(isNew);
        Assert.Equal(-2m, resource.Available);
        await SettleAsync(held[0], Completed());
        await SettleAsync(held[1], Completed());
        await Store.Resources.WakeAsync(true, None);
        Assert.Empty(await TakeAsync());
        await SettleAsync(held[2], Completed());
        await Store.Resources.WakeAsync(true, None);
        Assert.Single(await TakeAsync());
    }

    [StoreFact]
    public async Task Put_LowerThanWhatATaskNeeds_LeavesItWaitingAndHoldsUpNobody()
    {
        await Store.Resources.PutAsync("tokens", new ResourceBounds.Bucket(10, 1), None);
        await SubmitAsync(Needs(("tokens", 10)), Needs(("tokens", 10)));
        await TakeAsync();
        await Store.Resources.PutAsync("tokens", new ResourceBounds.Bucket(5, 1), None);
        var small = await SubmitOneAsync(Needs(("tokens", 1)));
        Assert.Empty(await TakeAsync());
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(10));

        await WakeAsync();

        Assert.Equal(small, (await TakeOneAsync()).Lease.TaskId);
        Assert.Equal(1, (await Store.Resources.FindAsync("tokens", None))!.Waiting);
        await Store.Resources.PutAsync("tokens", new ResourceBounds.Bucket(20, 1), None);
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(10));
        Assert.Single(await Store.Resources.WakeAsync(false, None));
    }

    [StoreFact]
    public async Task Put_AnotherKind_TakesItsPlace()
    {
        await Store.Resources.PutAsync("thing", new ResourceBounds.Bucket(1, 1), None);
        await SubmitAsync(Needs(("thing", 1)), Needs(("thing", 1)));
        Assert.Single(await TakeAsync());

        var (resource, _) = await Store.Resources.PutAsync("thing", new ResourceBounds.Semaphore(2), None);

        Assert.Equal((new ResourceBounds.Semaphore(2), 1m), (resource.Bounds, resource.Available));
        Assert.Single(await Store.Resources.WakeAsync(false, None));
        Assert.Single(await TakeAsync());
    }

    private static NewTask Needs(params (string Name, int Amount)[] needs) =>
        NewTask() with { Resources = needs.ToDictionary(need => need.Name, need => need.Amount) };

    private Task<IReadOnlyList<Guid>> WakeAsync() => Store.Resources.WakeAsync(false, None);
}
