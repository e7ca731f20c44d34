using Orchestrator.Storage.Audit;
using Orchestrator.Storage.Retention;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class AuditConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    [StoreFact]
    public async Task List_Entries_AreWholeAndNewestFirst()
    {
        var whole = new NewAuditEntry("ann", "PauseWorkspace", 409)
        {
            SourceAddress = "::1",
            TargetKind = "workspaces",
            TargetId = "gone",
            Workspace = "gone",
            ProblemType = "urn:orchestrator:problem:run-state",
            TraceId = "00-1-2-00",
        };
        await Store.Audit.WriteAsync(whole, None);
        await Clock.AdvanceAsync(TimeSpan.FromMinutes(1));
        await Store.Audit.WriteAsync(new NewAuditEntry("bob", "PutResource", 200), None);

        var all = await ListAsync(new(10));

        Assert.Equal([new NewAuditEntry("bob", "PutResource", 200), whole], all.Select(entry => entry.What));
        Assert.Equal([whole], (await ListAsync(new(10) { Before = all[0].Id })).Select(entry => entry.What));
        Assert.Equal(["bob"], await ActorsAsync(new(1)));
        Assert.Equal(["ann"], await ActorsAsync(new(10) { Workspace = "gone" }));
        Assert.Equal(["bob"], await ActorsAsync(new(10) { Actor = "bob" }));
        Assert.Equal(["ann"], await ActorsAsync(new(10) { Operation = "PauseWorkspace" }));
        Assert.Equal(["bob"], await ActorsAsync(new(10) { CreatedAfter = all[1].At }));
        Assert.Empty(await ActorsAsync(new(10) { Actor = "ann", Operation = "PutResource" }));
    }

    [StoreFact]
    public async Task Purge_PastTheirTime_AreGone()
    {
        var day = TimeSpan.FromDays(1);
        await Store.Audit.WriteAsync(new NewAuditEntry("ann", "PutAgent", 200), None);
        await Clock.AdvanceAsync(TimeSpan.FromDays(89));
        await Store.Audit.WriteAsync(new NewAuditEntry("bob", "PutAgent", 200), None);
        await Clock.AdvanceAsync(TimeSpan.FromDays(2));

        await Store.Retention.PurgeAsync(new RetentionPeriods(day, day, day, day), 10, None);

        Assert.Equal(["bob"], await ActorsAsync(new(10)));
    }

    [StoreFact]
    public async Task Purge_MoreRefusalsThanAreKept_TakesTheOldestAndNoChange()
    {
        var day = TimeSpan.FromDays(1);
        foreach (var (actor, status) in new[] { ("old", 400), ("changed", 200), ("older", 403), ("gone", 499), ("failed", 503), ("new", 409), ("newest", 404) })
        {
            await Store.Audit.WriteAsync(new NewAuditEntry(actor, "PauseWorkspace", status), None);
        }

        await Store.Retention.PurgeAsync(new RetentionPeriods(day, day, day, day) { Refusals = 2 }, 100, None);

        Assert.Equal(["newest", "new", "failed", "gone", "changed"], await ActorsAsync(new(10)));
    }

    private Task<IReadOnlyList<AuditEntry>> ListAsync(AuditQuery query) => Store.Audit.ListAsync(query, None);

    private async Task<IEnumerable<string>> ActorsAsync(AuditQuery query) => (await ListAsync(query)).Select(entry => entry.What.Actor);
}
