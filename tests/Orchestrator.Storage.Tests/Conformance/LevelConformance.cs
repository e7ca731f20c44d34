using Orchestrator.Core.Timeline;
using Orchestrator.Storage.Resources;
using Orchestrator.Storage.Retention;
using Orchestrator.Storage.Submissions;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>What there was of resources: a sample a bucket, whoever looks and however often, as long as the timeline is kept.</summary>
public abstract class LevelConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [StoreFact]
    public async Task Sample_BucketAndSemaphore_IsWhatThereWasWhenSomebodyLookedFirst()
    {
        await PutAsync();
        await SubmitAsync(Needs("search", 3), Needs("database", 2), Needs("database", 2));
        await TakeAsync();

        var next = await SampleAsync();
        await SubmitAsync(Needs("search", 4));
        await TakeAsync();
        await SampleAsync();

        Assert.Equal(BucketSizes.StartOf(Clock.Now, Minute) + Minute, Clock.Now + next);
        Assert.Equal([null, null, new LevelSample(7, 10)], await ReadAsync("search", 3));
        Assert.Equal([new LevelSample(1, 3)], await ReadAsync("database", 1));
    }

    [StoreFact]
    public async Task Sample_NextBucket_IsOneMoreAndThoseBetweenAreEmpty()
    {
        await PutAsync();
        await SampleAsync();
        await Store.Resources.PutAsync("search", new ResourceBounds.Bucket(20, 0.05m), None);
        await Clock.AdvanceAsync(2 * Minute);
        await SampleAsync();

        var levels = (await Store.Levels.ReadAsync("search", Minute, 3 * Minute, None))!;

        Assert.Equal([new LevelSample(10, 10), null, new LevelSample(16, 20)], levels.Samples);
        Assert.Equal(BucketSizes.StartOf(Clock.Now, Minute) + Minute, levels.To);
        Assert.Null(await Store.Levels.ReadAsync("other", Minute, Minute, None));
    }

    [StoreFact]
    public async Task Sample_ManyAtOnce_IsOneSample()
    {
        await PutAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SampleAsync()));

        Assert.Equal(["database", "search"], await Test.QuerySqlAsync("select name from resource_levels order by name"));
    }

    [StoreFact]
    public async Task Purge_PastTheTimeOfTheTimeline_AreGone()
    {
        var periods = new RetentionPeriods(TimeSpan.FromDays(1), TimeSpan.FromDays(1), TimeSpan.FromDays(1), TimeSpan.FromDays(1)) { Timeline = TimeSpan.FromHours(2) };
        await PutAsync();
        await SampleAsync();
        await Clock.AdvanceAsync(118 * Minute);
        Assert.Equal(0, await Store.Retention.PurgeAsync(periods, 10, None));

        await Clock.AdvanceAsync(3 * Minute);

        Assert.Equal(2, await Store.Retention.PurgeAsync(periods, 10, None));
    }

    [StoreFact]
    public async Task Resource_ThatIsGone_TakesItsLevelsWithIt()
    {
        await PutAsync();
        await SampleAsync();

        await Test.ExecuteSqlAsync("delete from resources where name = 'search'");

        Assert.Equal(["database"], await Test.QuerySqlAsync("select name from resource_levels"));
    }

    private static NewTask Needs(string name, int amount) => NewTask() with { Resources = new Dictionary<string, int> { [name] = amount } };

    private async Task PutAsync()
    {
        await Store.Resources.PutAsync("search", new ResourceBounds.Bucket(10, 0.05m), None);
        await Store.Resources.PutAsync("database", new ResourceBounds.Semaphore(3), None);
    }

    private Task<TimeSpan> SampleAsync() => Store.Levels.SampleAsync(Minute, None);

    private async Task<IReadOnlyList<LevelSample?>> ReadAsync(string name, int buckets) =>
        (await Store.Levels.ReadAsync(name, Minute, buckets * Minute, None))!.Samples;
}
