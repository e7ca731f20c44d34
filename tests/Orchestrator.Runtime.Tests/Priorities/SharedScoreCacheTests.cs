using Orchestrator.Core.Priorities;
using Orchestrator.Runtime.Priorities;
using Orchestrator.TestKit;

namespace Orchestrator.Runtime.Tests.Priorities;

public sealed class SharedScoreCacheTests
{
    private readonly ManualTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(55));
    private readonly SharedScoreCache _cache;

    public SharedScoreCacheTests() => _cache = new SharedScoreCache(_time, new ScoreCacheOptions { MaxEntriesPerWorkspace = 50 });

    [Fact]
    public void Find_WhenHalfAnHourHasPassed_AnswersNothing()
    {
        _cache.Put(Task("Write an article about AI"), 700);
        _time.Advance(ScoreCacheOptions.DefaultTimeToLive - TimeSpan.FromMilliseconds(1));
        Assert.Equal(700, _cache.Find(Task("Scrivi un articolo su IA"))?.Score);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(_cache.Find(Task("Scrivi un articolo su IA")));
    }

    [Fact]
    public void Calls_OfManyThreads_KeepTheCacheWithinItsBounds()
    {
        Parallel.For(0, 4_000, index =>
        {
            var task = Task($"Write article {index % 200} about AI", workspace: $"ws{index % 3}");
            _cache.Put(task, index % 1_000, [index, 1, 0]);
            _cache.Find(task);
            _cache.FindNearest(task, [index, 1, 0]);
            if (index % 500 == 0)
            {
                _cache.Forget("ws0");
            }
        });

        Assert.InRange(_cache.Count, 51, 150);
        _cache.Forget("ws0");
        _cache.Forget("ws1");
        _cache.Forget("ws2");
        Assert.Equal(0, _cache.Count);
    }

    private static TaskFingerprint Task(string name, string workspace = "acme") =>
        TaskFingerprint.Of(new ScoringSubject { Workspace = workspace, Goal = "More readers", Action = "generation.text", Name = name });
}
