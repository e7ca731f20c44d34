using Orchestrator.Runtime.Feed;

namespace Orchestrator.Runtime.Tests.Signals;

public sealed class PendingNewsTests
{
    private static readonly Guid[] Ids = [.. Enumerable.Range(0, 20).Select(static _ => Guid.CreateVersion7())];

    [Fact]
    public void Take_MoreThanTheLimit_AnswersTheMostUrgentFirstAndTheRestLater()
    {
        var news = new PendingNews(capacity: 10);
        news.Add(NewsUrgency.Changed, areRuns: false, Ids[..4]);
        news.Add(NewsUrgency.Ended, areRuns: false, Ids[2..4]);
        news.Add(NewsUrgency.First, areRuns: true, Ids[4..5]);

        Assert.Equal([Ids[4], Ids[2], Ids[3]], news.Take(3).Items.Select(static one => one.Item.Id));
        Assert.Equal([Ids[0], Ids[1]], news.Take(3).Items.Select(static one => one.Item.Id));
        Assert.Empty(news.Take(3).Items);
    }

    [Fact]
    public void Add_MoreThanItHolds_CountsWhatIsLeftOut()
    {
        var news = new PendingNews(capacity: 5);
        news.Add(NewsUrgency.Ended, areRuns: false, Ids);
        news.Add(NewsUrgency.First, areRuns: false, Ids[..1]);
        news.AddSkipped(100);

        var (items, skipped) = news.Take(100);

        Assert.Equal(Ids[..5], items.Select(static one => one.Item.Id));
        Assert.Equal(115, skipped);
        Assert.Equal(0, news.Take(100).Skipped);
    }

    [Fact]
    public void Format_Items_AreReadAsTheyWereWritten()
    {
        (NewsItem, NewsUrgency)[] items = [(new NewsItem(Ids[0], IsRun: false), NewsUrgency.Changed), (new NewsItem(Ids[1], IsRun: true), NewsUrgency.First)];

        Assert.True(NewsFormat.TryRead(NewsFormat.Write("me", 7, items), out var sender, out var skipped, out var read));

        Assert.Equal(("me", 7L), (sender, skipped));
        Assert.Equal(items, read);
        Assert.True(NewsFormat.Write("me", long.MaxValue, [.. Enumerable.Repeat(items[0], NewsFormat.MaxItems)]).Length <= Storage.Signals.ISignalTransport.MaxPayload);
        Assert.False(NewsFormat.TryRead("1|me|0|9abc", out _, out _, out _));
    }
}
