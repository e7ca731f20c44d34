using Orchestrator.Core.Failures;
using Orchestrator.Storage.Failures;
using Orchestrator.Storage.Retention;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>Failures that are the same are one entry, however many there are and whoever saw them.</summary>
public abstract class ErrorConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [StoreFact]
    public async Task Write_TheSameTwice_AddsUpAndShowsTheLast()
    {
        var key = await KeyAsync(Default);
        var last = Group(key, "b", 1, at: 9) with { Message = "the last <b>\U0001F600</b>" };
        await Store.Errors.WriteAsync([Group(key, "b", 2, at: 5), Group(key, "a", 1)], None);
        await Store.Errors.WriteAsync([last], None);
        await Store.Errors.WriteAsync([Group(key, "b", 4, at: 1) with { Failed = 0, Retried = 3 }], None);

        var found = (await ListAsync())[0];

        Assert.Equal((Default, "b", 3, 3, "the last <b>\U0001F600</b>"), (found.Workspace, found.Group.Code, found.Group.Failed, found.Group.Retried, found.Group.Message));
        Assert.Equal((Start.AddMinutes(1), Start.AddMinutes(9), last.LastTaskId), (found.Group.FirstAt, found.Group.LastAt, found.Group.LastTaskId));
    }

    [StoreFact]
    public async Task List_RecentAndFrequent_GoOnWhereTheyStopped()
    {
        await CreateWorkspaceAsync("mine");
        var (key, mine) = (await KeyAsync(Default), await KeyAsync("mine"));
        await Store.Errors.WriteAsync([Group(key, "a", 5, at: 1), Group(key, "b", 1, at: 3), Group(key, "c", 5, at: 2), Group(mine, "d", 9, at: 2)], None);

        Assert.Equal("b", (await ListAsync())[0].Group.Code);
        Assert.Equal("a", (await ListAsync())[^1].Group.Code);
        Assert.Equal(["d", "b"], [(await ListAsync(new(9) { MostFrequentFirst = true }))[0].Group.Code, (await ListAsync(new(9) { MostFrequentFirst = true }))[^1].Group.Code]);
        Assert.Equal(["d"], (await ListAsync(new(9) { Workspace = "mine" })).Select(error => error.Group.Code));
        foreach (var frequent in new[] { true, false })
        {
            var all = await ListAsync(new(9) { MostFrequentFirst = frequent });
            ErrorPlace? place = null;
            foreach (var expected in all)
            {
                var next = Assert.Single(await ListAsync(new(1) { MostFrequentFirst = frequent, After = place }));
                Assert.Equal(expected, next);
                place = next.Place;
            }

            Assert.Empty(await ListAsync(new(1) { MostFrequentFirst = frequent, After = place }));
        }
    }

    [StoreFact]
    public async Task Write_MoreKindsThanAreKept_AreOneOfAllOthers()
    {
        var key = await KeyAsync(Default);
        ErrorGroup[] Kinds(int from, int count) => [.. Enumerable.Range(from, count).Select(number => Group(key, $"code{number}", 1))];
        await Store.Errors.WriteAsync(Kinds(0, ErrorGroup.MaxPerWorkspace), None);
        await Store.Errors.WriteAsync([.. Kinds(ErrorGroup.MaxPerWorkspace - 1, 4), Group(1_000_000, "nobody", 1)], None);

        var all = await ListAsync(new(1_000));

        Assert.Equal(ErrorGroup.MaxPerWorkspace + 1, all.Count);
        Assert.Equal(("other", 3), all.Where(error => error.Group.IsOther).Select(error => (error.Group.Code, error.Group.Failed)).Single());
        Assert.Equal(2, all.Single(error => error.Group.Code == $"code{ErrorGroup.MaxPerWorkspace - 1}").Group.Failed);
    }

    [StoreFact]
    public async Task Purge_AndDeletedWorkspace_LeaveNothing()
    {
        var day = TimeSpan.FromDays(1);
        await CreateWorkspaceAsync("mine");
        var now = (await FindAsync(await SubmitCancelledAsync())).CreatedAt;
        await Store.Errors.WriteAsync(
            [Group(await KeyAsync("mine"), "a", 1) with { LastAt = now }, Group(await KeyAsync(Default), "a", 1) with { LastAt = now }, Group(await KeyAsync(Default), "b", 1) with { LastAt = now.AddHours(5) }], None);

        await Store.Workspaces.DeleteAsync("mine", None);
        Assert.Equal(2, (await ListAsync()).Count);
        await Clock.AdvanceAsync(TimeSpan.FromHours(3));
        await Store.Retention.PurgeAsync(new RetentionPeriods(day, day, day, day) { Errors = TimeSpan.FromHours(2) }, 10, None);

        Assert.Equal(["b"], (await ListAsync()).Select(error => error.Group.Code));
    }

    private Task<IReadOnlyList<ErrorRecord>> ListAsync(ErrorQuery? query = null) => Store.Errors.ListAsync(query ?? new(100), None);

    private async Task<long> KeyAsync(string workspace) => long.Parse(Assert.Single(await Test.QuerySqlAsync($"select key from workspaces where id = '{workspace}'")), null);

    private static ErrorGroup Group(long key, string code, int failed, int at = 0) => new(key, ErrorFingerprint.Of(key, Action, code, ""), Action, code, "message")
    {
        Failed = failed,
        Retried = 0,
        FirstAt = Start.AddMinutes(at),
        LastAt = Start.AddMinutes(at),
        LastTaskId = TaskIds.Next(),
    };
}
