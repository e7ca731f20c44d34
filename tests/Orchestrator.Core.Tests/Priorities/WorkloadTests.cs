using System.Diagnostics;
using Orchestrator.Core.Priorities;
using Xunit.Abstractions;

namespace Orchestrator.Core.Tests.Priorities;

public sealed class WorkloadTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(55);

    private readonly ScoreCache _cache = new(new ScoreCacheOptions());
    private int _modelCalls;

    [Fact]
    public void Cache_FiveHundredTasksOfAHundredKinds_AnswersFourInFiveAndNoneWithAnotherKind()
    {
        var tasks = Tasks();
        var mistaken = new List<string>();
        var missed = new List<string>();
        var seen = new HashSet<int>();
        foreach (var (kind, text) in Shuffled(tasks))
        {
            var calls = _modelCalls;
            if (Score(text, kind) != kind)
            {
                mistaken.Add(text);
            }

            if (!seen.Add(kind) && _modelCalls != calls)
            {
                missed.Add(text);
            }
        }

        var hitRate = (double)(tasks.Count - _modelCalls) / tasks.Count;
        output.WriteLine($"{tasks.Count} tasks of {seen.Count} kinds: hit rate {hitRate:0.000} (the first of each kind cannot hit), {_modelCalls} model calls, {mistaken.Count} answered with another kind's score");
        missed.ForEach(output.WriteLine);
        Assert.Equal(500, tasks.Count);
        Assert.Equal(100, seen.Count);
        Assert.Empty(mistaken);
        Assert.InRange(hitRate, 0.8, 1);
    }

    [Fact]
    public void Score_OfACachedKind_CallsNoModelAndTakesMicroseconds()
    {
        var texts = Tasks().Select(task => task.Text).ToList();
        texts.ForEach(text => Score(text, 1));
        var calls = _modelCalls;

        var watch = Stopwatch.StartNew();
        texts.ForEach(text => Score(text, 2));

        output.WriteLine($"a scoring call answered from the cache, fingerprint and all: {watch.Elapsed.TotalMicroseconds / texts.Count:0.0} µs on average over {texts.Count}");
        Assert.Equal(calls, _modelCalls);
    }

    private int Score(string text, int modelAnswer)
    {
        var fingerprint = Subjects.Fingerprint(text);
        if (_cache.Find(fingerprint, Now) is { } hit)
        {
            return hit.Score;
        }

        _modelCalls++;
        _cache.Put(fingerprint, modelAnswer, [], Now);
        return modelAnswer;
    }

    private static List<(int Kind, string Text)> Tasks()
    {
        var lines = DataFile.Read("workload.txt");
        var topics = lines.Where(line => line[0] == "topic").Select(line => line[1..].SelectMany(names => names.Split("; ")).ToArray()).ToList();
        var works = lines.Where(line => line[0] == "work").Select(line => line[1..]).ToList();
        return
        [
            .. from topic in topics.Index()
               from work in works.Index()
               from wording in work.Item
               let text = wording.Replace("{it1}", topic.Item[0], StringComparison.Ordinal).Replace("{it2}", topic.Item[1], StringComparison.Ordinal)
                   .Replace("{en1}", topic.Item[2], StringComparison.Ordinal).Replace("{en2}", topic.Item[3], StringComparison.Ordinal)
               select ((topic.Index * works.Count) + work.Index, text),
        ];
    }

    // In an order of no meaning that is the same every time.
    private static IEnumerable<(int Kind, string Text)> Shuffled(List<(int Kind, string Text)> tasks) =>
        Enumerable.Range(0, tasks.Count).Select(index => tasks[index * 167 % tasks.Count]);
}
