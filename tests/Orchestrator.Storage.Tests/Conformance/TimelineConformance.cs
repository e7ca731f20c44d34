using Orchestrator.Core.Tasks;
using Orchestrator.Core.Timeline;
using Orchestrator.Storage.Retention;
using Orchestrator.Storage.Timelines;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>Figures of all processes add up, and what one writes twice counts once; the store tells what transactions do to tasks.</summary>
public abstract class TimelineConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly Guid One = Guid.Parse("00000000-0000-7000-8000-000000000001");
    private static readonly Guid Other = Guid.Parse("00000000-0000-7000-8000-000000000002");

    [StoreFact]
    public async Task Write_RowsOfTwoProcessesOneOfThemTwice_AddUpOnce()
    {
        var now = await Store.Timelines.WriteAsync(One, [], None);
        await WriteAsync(One, now, Figures(2));
        await WriteAsync(One, now, Figures(3));
        await WriteAsync(Other, now - Minute, Figures(4));
        await WriteAsync(Other, now.AddHours(-5), Figures(100));

        var timeline = await Store.Timelines.ReadAsync(new TimelineQuery(Minute, TimeSpan.FromMinutes(10)), None);

        Assert.Equal(10, timeline.Buckets.Count);
        Assert.Equal(BucketSizes.StartOf(now, Minute) + Minute, timeline.To);
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 4, 3], timeline.Buckets.Select(bucket => bucket.Completed));
        var last = timeline.Buckets[^1];
        Assert.Equal((3, 7, 9, 1_500_000_000), (last.Submitted, last.InputTokens, last.OutputTokens, last.CostNanos));
        Assert.Equal((3, 1), (last.Waits.Count, last.Durations.Count));
        Assert.InRange(last.Durations.Quantile(1)!.Value, 1.91, 2.09);
        Assert.Null(timeline.Buckets[0].Waits.Quantile(0.5));
    }

    [StoreFact]
    public async Task Read_FiltersAndSums_AreRowsOfTheirOwn()
    {
        await CreateWorkspaceAsync("mine");
        var (key, other) = ((await KeysAsync("mine"))[0], (await KeysAsync(Default))[0]);
        var now = await Store.Timelines.WriteAsync(One, [], None);
        var at = BucketSizes.StartOf(now, Minute);
        await Store.Timelines.WriteAsync(
            One,
            [
                new(at, TimelineRow.All, "", Figures(6)), new(at, TimelineRow.All, "a", Figures(5)), new(at, key, "", Figures(4)),
                new(at, key, "a", Figures(3)), new(at, other, "a", Figures(2)), new(at, other, "", Figures(2)), new(at, 1_000_000, "a", Figures(50)),
            ],
            None);

        Assert.Equal(6, await CompletedAsync(null, null));
        Assert.Equal(5, await CompletedAsync(null, "a"));
        Assert.Equal(4, await CompletedAsync(["mine"], null));
        Assert.Equal(3, await CompletedAsync(["mine"], "a"));
        Assert.Equal(5, await CompletedAsync(["mine", Default], "a"));
        Assert.Equal(0, await CompletedAsync(["nobody"], null));

        await Store.Workspaces.DeleteAsync("mine", None);
        await CreateWorkspaceAsync("mine");
        Assert.Equal(0, await CompletedAsync(["mine"], null));
        Assert.Equal(["4"], await Test.QuerySqlAsync("select count(*) from timeline_buckets"));
    }

    [StoreFact]
    public async Task Purge_PastTheirTime_AreGone()
    {
        var periods = new RetentionPeriods(TimeSpan.FromDays(1), TimeSpan.FromDays(1), TimeSpan.FromDays(1), TimeSpan.FromDays(1)) { Timeline = TimeSpan.FromHours(2) };
        await WriteAsync(One, await Store.Timelines.WriteAsync(One, [], None), Figures(1));
        await Clock.AdvanceAsync(TimeSpan.FromMinutes(118));
        Assert.Equal(0, await Store.Retention.PurgeAsync(periods, 10, None));

        await Clock.AdvanceAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(1, await Store.Retention.PurgeAsync(periods, 10, None));
    }

    [StoreFact]
    public async Task News_WhateverEndsATask_IsToldUnlessAnAttemptDoes()
    {
        var told = new List<TaskNews>();
        Store.Timelines.News = told.Add;
        await SubmitEndedAsync(Completed());
        await SubmitEndedAsync(Failed());
        await SubmitOneAsync();
        await SettleAsync(await TakeOneAsync(), new Leases.AttemptOutcome.Failed(TaskError.Of(ErrorCodes.HeartbeatMissed, "gone")), ofExpiredLease: false);
        var cancelled = await SubmitCancelledAsync();
        var failing = await SubmitOneAsync();
        var dependent = await SubmitOneAsync(NewTask("later") with { DependsOn = [failing] });
        await Store.Control.CancelAsync(failing, None);
        var late = await SubmitOneAsync(NewTask() with { DeadlineAt = (await FindAsync(cancelled)).CreatedAt.AddMinutes(1) });
        await Clock.AdvanceAsync(TimeSpan.FromMinutes(2));
        await Store.Reminders.FailOverdueAsync(10, None);

        var ended = told.SelectMany(news => news.Ended).ToList();
        Assert.Equal(
            [(cancelled, Action, TaskState.Cancelled, ErrorCodes.Cancelled), (failing, Action, TaskState.Cancelled, ErrorCodes.Cancelled),
             (dependent, "later", TaskState.Cancelled, ErrorCodes.DependencyFailed), (late, Action, TaskState.Failed, ErrorCodes.DeadlineExceeded)],
            ended.Select(task => (task.Id, task.Action, task.State, task.Error!.Code)));
        Assert.All(ended, task => Assert.True(task.WorkspaceKey > 0));
        Assert.Equal([("later", 1), (Action, 6)], told.SelectMany(news => news.Submitted).GroupBy(one => one.Key.Action, one => one.Value).Select(one => (one.Key, one.Sum())).Order());
    }

    [StoreFact]
    public async Task News_CheckpointsAndRefusedSubmissions_TellWhatCounted()
    {
        var told = new List<TaskNews>();
        await SubmitOneAsync();
        var claim = await TakeOneAsync();
        Store.Timelines.News = told.Add;

        await Store.Steering.SaveAsync(claim.Lease, Json("1"), 0, new TaskUsage(5), None);
        await Store.Steering.SaveAsync(claim.Lease, Json("1"), 0, new TaskUsage(5), None);
        await TrySubmitAsync(NewTask() with { DependsOn = [Guid.CreateVersion7()] });

        Assert.Equal([(Action, 5)], told.SelectMany(news => news.Used).Select(used => (used.Action, used.Usage.InputTokens)));
        Assert.Empty(told.SelectMany(news => news.Submitted));
    }

    private async Task<List<long>> KeysAsync(string workspace) =>
        [.. (await Test.QuerySqlAsync($"select key from workspaces where id = '{workspace}'")).Select(long.Parse)];

    private async Task<long> CompletedAsync(string[]? workspaces, string? action) =>
        (await Store.Timelines.ReadAsync(new TimelineQuery(Minute, Minute) { Workspaces = workspaces, Action = action }, None)).Buckets.Sum(bucket => bucket.Completed);

    private Task<DateTimeOffset> WriteAsync(Guid process, DateTimeOffset at, TimelineFigures figures) =>
        Store.Timelines.WriteAsync(process, [new TimelineRow(BucketSizes.StartOf(at, Minute), TimelineRow.All, "", figures)], None);

    private static TimelineFigures Figures(int count)
    {
        var figures = new TimelineFigures();
        figures.AddSubmitted(count);
        figures.AddUsage(new TaskUsage(7, 9, Cost: 1.5m));
        figures.Durations.Add(TimeSpan.FromSeconds(2));
        for (var i = 0; i < count; i++)
        {
            figures.AddEnd(TaskState.Completed);
            figures.Waits.Add(TimeSpan.FromSeconds(i));
        }

        return figures;
    }
}
