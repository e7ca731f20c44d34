using System.Diagnostics;
using Orchestrator.Core.Priorities;
using Orchestrator.Runtime.Priorities;
using Orchestrator.TestKit;
using Xunit.Abstractions;

namespace Orchestrator.Runtime.Tests.Priorities;

public sealed class SharedScoreCacheTests
{
    private readonly ManualTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(55));
    private readonly SharedScoreCache _cache;
    private readonly ITestOutputHelper _output;

    public SharedScoreCacheTests(ITestOutputHelper output)
    {
        _output = output;
        _cache = new SharedScoreCache(_time, new ScoreCacheOptions { MaxEntriesPerWorkspace = 50 });
    }

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

    [Fact]
    public void Find_WholeScoringOfATaskThatIsKnown_TakesLessThanAMillisecond()
    {
        const int tasks = 2_000;
        var input = "{\"prompt\": \"Scrivi un articolo su intelligenza artificiale per la newsletter\", \"words\": 500}"u8.ToArray();
        var took = new List<double>(tasks);
        for (var index = 0; index < tasks; index++)
        {
            var started = Stopwatch.GetTimestamp();
            var fingerprint = TaskFingerprint.Of(new ScoringSubject
            {
                Workspace = "acme",
                Goal = "More readers",
                Action = "generation.text",
                Name = $"Write article {index % 40} about AI",
                Content = TaskText.ContentOf(input),
            });
            if (_cache.Find(fingerprint) is null)
            {
                _cache.Put(fingerprint, index);
            }
            else
            {
                took.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
            }
        }

        took.Sort();
        _output.WriteLine($"a scoring call answered from the cache, from input to score: median {took[took.Count / 2]:0.0} µs, p99 {took[took.Count * 99 / 100]:0.0} µs over {took.Count}");
        Assert.InRange(took.Count, 1_000, tasks);
        Assert.InRange(took[took.Count / 2], 0, 1_000);
    }

    private static TaskFingerprint Task(string name, string workspace = "acme") =>
        TaskFingerprint.Of(new ScoringSubject { Workspace = workspace, Goal = "More readers", Action = "generation.text", Name = name });
}
