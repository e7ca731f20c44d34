using Orchestrator.Core.Priorities;

namespace Orchestrator.Core.Tests.Priorities;

public sealed class ScoreCacheTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(55);

    private readonly ScoreCache _cache = new(new ScoreCacheOptions { MaxEntries = 6, MaxEntriesPerWorkspace = 3, MaxVectorValues = 12 });

    [Fact]
    public void Find_AnotherWordingOfAScoredTask_AnswersItsScoreAndSaysWhose()
    {
        Put("Scrivi blog post su AI", 640);

        var hit = _cache.Find(Task("Crea articolo su intelligenza artificiale"), Now);

        Assert.Equal(640, hit?.Score);
        Assert.Equal(1, hit?.Similarity);
        Assert.Contains("clause ai, article, create", hit?.CanonicalForm, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_OfAnotherWorkspace_AnswersNothing()
    {
        Put("Scrivi blog post su AI", 640);

        Assert.Null(_cache.Find(Task("Scrivi blog post su AI", "globex"), Now));
        Assert.Null(_cache.FindNearest(Task("Scrivi blog post su AI", "globex"), [1, 0], Now));
    }

    [Fact]
    public void Find_AfterTheTimeToLive_AnswersNothingHoweverOftenItWasRead()
    {
        Put("Write an article", 640);

        Assert.NotNull(_cache.Find(Task("Write an article"), Now.AddMinutes(29)));
        Assert.Null(_cache.Find(Task("Write an article"), Now.AddMinutes(30)));
    }

    [Fact]
    public void Put_OfAScoredTask_ReplacesItsScore()
    {
        Put("Write an article", 640);
        Put("Scrivi un articolo", 100, Now.AddMinutes(20));

        Assert.Equal(100, _cache.Find(Task("Write an article"), Now.AddMinutes(40))?.Score);
        Assert.Equal(1, _cache.Count);
    }

    [Fact]
    public void Put_PastAWorkspacesBound_DropsWhatItUsedLongestAgo()
    {
        Put("Write the article", 1);
        Put("Write the newsletter", 2);
        Put("Write the report", 3);
        _cache.Find(Task("Write the article"), Now);
        Put("Write the podcast", 4);

        Assert.Null(_cache.Find(Task("Write the newsletter"), Now));
        Assert.NotNull(_cache.Find(Task("Write the article"), Now));
        Assert.Equal(3, _cache.Count);
    }

    [Fact]
    public void Put_OfAWorkspaceWithManyTasks_LeavesTheOthersTheirScores()
    {
        _cache.Put(Task("Write the article", "quiet"), 1, [], Now);
        for (var number = 0; number < 100; number++)
        {
            Put($"Write chapter {number}", number);
        }

        Assert.NotNull(_cache.Find(Task("Write the article", "quiet"), Now));
    }

    [Fact]
    public void Put_PastTheWholeBound_DropsWhatExpiresFirst()
    {
        foreach (var (workspace, index) in new[] { "a", "b", "c", "d", "e", "f", "g" }.Select((name, index) => (name, index)))
        {
            _cache.Put(Task("Write the article", workspace), index, [], Now.AddSeconds(index));
        }

        Assert.Equal(6, _cache.Count);
        Assert.Null(_cache.Find(Task("Write the article", "a"), Now.AddSeconds(7)));
    }

    [Fact]
    public void Put_AfterTheTimeToLive_FreesWhatHasExpired()
    {
        Put("Write the article", 1);
        Put("Write the newsletter", 2);
        Put("Write the report", 3, Now.AddHours(1));

        Assert.Equal(1, _cache.Count);
    }

    [Fact]
    public void FindNearest_ALikeEmbedding_AnswersOnlyWhereVerbsTypesNamesAndNumbersAgree()
    {
        _cache.Put(Task("Write an article about tulips"), 640, [1, 0.1f], Now);

        Assert.Equal(640, _cache.FindNearest(Task("Write an article about flowers of spring"), [1, 0.12f], Now)?.Score);
        Assert.Null(_cache.FindNearest(Task("Delete an article about flowers"), [1, 0.1f], Now));
        Assert.Null(_cache.FindNearest(Task("Do not write an article about flowers"), [1, 0.1f], Now));
        Assert.Null(_cache.FindNearest(Task("Write a newsletter about flowers"), [1, 0.1f], Now));
        Assert.Null(_cache.FindNearest(Task("Write 3 articles about flowers"), [1, 0.1f], Now));
        Assert.Null(_cache.FindNearest(Task("Write an article about flowers for Globex"), [1, 0.1f], Now));
    }

    [Fact]
    public void FindNearest_SeveralNearEnough_AnswersTheNearest()
    {
        _cache.Put(Task("Write an article about tulips"), 1, [1, 0.3f], Now);
        _cache.Put(Task("Write an article about roses"), 2, [1, 0.11f], Now);

        var hit = _cache.FindNearest(Task("Write an article about flowers"), [10, 1], Now);

        Assert.Equal(2, hit?.Score);
        Assert.InRange(hit!.Similarity, 0.99, 0.99999);
    }

    [Theory]
    [InlineData(new float[0])]
    [InlineData(new float[] { 0, 0 })]
    [InlineData(new[] { float.NaN, 1 })]
    [InlineData(new[] { float.PositiveInfinity, 1 })]
    [InlineData(new float[] { 1, 0, 0 })]
    [InlineData(new float[] { 0, 1 })]
    public void FindNearest_AnUnlikeOrUselessEmbedding_AnswersNothing(float[] vector)
    {
        _cache.Put(Task("Write an article about tulips"), 640, [1, 0], Now);

        Assert.Null(_cache.FindNearest(Task("Write an article about flowers"), vector, Now));
    }

    [Fact]
    public void Put_OfEmbeddingsPastTheirBound_DropsTheOldest()
    {
        _cache.Put(Task("Write the article", "a"), 1, new float[5], Now);
        _cache.Put(Task("Write the article", "b"), 1, [1, 2, 3, 4, 5, 6], Now);
        _cache.Put(Task("Write the article", "c"), 1, [1, 2, 3, 4, 5, 6], Now);
        _cache.Put(Task("Write the article", "d"), 1, [1, 2, 3, 4, 5, 6], Now);

        Assert.Null(_cache.Find(Task("Write the article", "b"), Now));
        Assert.NotNull(_cache.Find(Task("Write the article", "d"), Now));
    }

    [Fact]
    public void Forget_AWorkspace_DropsItsScoresAlone()
    {
        Put("Write the article", 1);
        _cache.Put(Task("Write the article", "globex"), 2, [], Now);

        _cache.Forget("acme");
        _cache.Forget("nobody");

        Assert.Null(_cache.Find(Task("Write the article"), Now));
        Assert.Equal(1, _cache.Count);
    }

    private void Put(string name, int score, DateTimeOffset? at = null) => _cache.Put(Task(name), score, [], at ?? Now);

    private static TaskFingerprint Task(string name, string workspace = "acme") => Subjects.Fingerprint(name, workspace);
}
