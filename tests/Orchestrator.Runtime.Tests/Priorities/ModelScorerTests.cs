using Orchestrator.Core.Priorities;
using Orchestrator.Runtime.Models;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage.Turns;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Runtime.Tests.Priorities;

public sealed class ModelScorerTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Score_AnswerOfTheModel_TakesThePlaceOfTheHeuristics()
    {
        Chat? asked = null;
        var model = new FakeChat((request, _) =>
        {
            asked = request;
            return Task.FromResult(FakeChat.ScoreText(910));
        });
        await using var bench = await ScoringBench.CreateAsync(model);
        await bench.StartAsync();

        var id = Assert.Single(await bench.SubmitAsync(["Write an article about AI"]));
        await bench.WaitForAsync("scores_total model", 1);

        var task = await bench.FindAsync(id);
        Assert.Equal((910, ScoreSource.Model), (task.Score, task.ScoreSource));
        Assert.Equal(new ScoreReason("model", 910) { Model = model.Name }, Assert.Single((await bench.Store.Scores.ExplainAsync(id, None))!.Reasons));
        Assert.Contains("Write an article about AI", asked!.Messages[^1].Content, StringComparison.Ordinal);
        Assert.True(asked.AnswersJson);
        Assert.Equal((100, 7, 1), (bench.Count("tokens_total input"), bench.Count("tokens_total output"), bench.Count("cache_misses_total")));
        await Wait.UntilAsync(() => bench.Changed.Contains(id));
    }

    [Fact]
    public async Task Score_AHundredEqualTasksAtOnce_IsOneCall()
    {
        var answer = new TaskCompletionSource<string>();
        var model = new FakeChat((_, _) => answer.Task);
        await using var bench = await ScoringBench.CreateAsync(model);
        var ids = await bench.SubmitAsync(Enumerable.Range(0, 100).Select(index => index % 2 == 0 ? "Write a blog post about AI" : "Scrivi un articolo su intelligenza artificiale"));
        await bench.StartAsync();

        await bench.WaitForAsync("cache_hits_total flight", 99);
        answer.SetResult(FakeChat.ScoreText(700));
        await bench.WaitForAsync("scores_total cache", 99);

        Assert.Equal(1, model.Calls);
        var tasks = await bench.FindAllAsync(ids);
        Assert.All(tasks, task => Assert.Equal(700, task.Score));
        Assert.Single(tasks, task => task.ScoreSource == ScoreSource.Model);
    }

    [Fact]
    public async Task Score_TasksThatCameLater_AreAnsweredFromTheCache()
    {
        var model = new FakeChat(650);
        await using var bench = await ScoringBench.CreateAsync(model);
        await bench.StartAsync();
        await bench.SubmitAsync(["Write a blog post about AI"]);
        await bench.WaitForAsync("scores_total model", 1);

        var id = Assert.Single(await bench.SubmitAsync(["Crea articolo su intelligenza artificiale"]));
        await bench.WaitForAsync("scores_total cache", 1);

        Assert.Equal((1, 1), (model.Calls, bench.Count("cache_hits_total fingerprint")));
        Assert.Equal((650, ScoreSource.Cache), ((await bench.FindAsync(id)).Score, (await bench.FindAsync(id)).ScoreSource));
    }

    [Fact]
    public async Task Score_TheSameTextInTwoWorkspacesOrUnderTwoGoals_IsACallEach()
    {
        var model = new FakeChat(650);
        await using var bench = await ScoringBench.CreateAsync(model);
        await bench.Store.Workspaces.CreateAsync(new WorkspaceRecord { Id = "other" }, None);
        await bench.StartAsync();

        await bench.SubmitAsync(["Write a blog post about AI"]);
        await bench.SubmitAsync(["Write a blog post about AI"], "other");
        await bench.WaitForAsync("scores_total model", 2);
        await bench.Store.Workspaces.UpdateAsync("other", workspace => workspace with { Goal = "More readers" }, None);
        await bench.SubmitAsync(["Write a blog post about AI"], "other");
        await bench.WaitForAsync("scores_total model", 3);

        Assert.Equal(3, model.Calls);
    }

    [Theory]
    [InlineData("refuses", "refused")]
    [InlineData("breaks", "unavailable")]
    [InlineData("nonsense", "invalid_answer")]
    [InlineData("unreadable", "invalid_answer")]
    [InlineData("silent", "timeout")]
    [InlineData("deaf", "timeout")]
    [InlineData("limited", "rate_limited")]
    public async Task Score_ModelThatFails_LeavesTheHeuristicsScoreAndCounts(string how, string reason)
    {
        var model = new FakeChat(async (_, cancellationToken) => how switch
        {
            "refuses" => throw new ModelException(ModelFailure.Refused, "no"),
            "breaks" => throw new ModelException(ModelFailure.Unavailable, "no"),
            "unreadable" => throw new ModelException(ModelFailure.InvalidAnswer, "no"),
            "limited" => throw new ModelException(ModelFailure.RateLimited, "no") { RetryAfter = TimeSpan.FromMinutes(1) },
            "silent" => await NeverAsync(cancellationToken),
            "deaf" => await NeverAsync(None),
            _ => "I would say 800.",
        });
        await using var bench = await ScoringBench.CreateAsync(model, options: new PriorityOptions { TimeLimit = TimeSpan.FromMilliseconds(100), Concurrency = 1 });
        await bench.StartAsync();

        var ids = await bench.SubmitAsync(["Write an article", "Delete the archive"]);
        await bench.WaitForAsync($"fallbacks_total {reason}", 2);

        Assert.All(await bench.FindAllAsync(ids), task => Assert.Equal((300, ScoreSource.Heuristic), (task.Score, task.ScoreSource)));
        Assert.Equal(how == "limited" ? 1 : 2, model.Calls);
        Assert.Equal(0, bench.Cache.Count);
    }

    [Fact]
    public async Task Score_Concurrency_IsNeverExceeded()
    {
        var gate = new TaskCompletionSource<string>();
        var model = new FakeChat((_, _) => gate.Task);
        await using var bench = await ScoringBench.CreateAsync(model, options: new PriorityOptions { Concurrency = 3 });
        await bench.StartAsync();
        await bench.SubmitAsync(Enumerable.Range(0, 12).Select(index => $"Write article {index}"));

        await Wait.UntilAsync(() => model.Calls == 3);
        gate.SetResult(FakeChat.ScoreText(1));
        await bench.WaitForAsync("scores_total model", 12);

        Assert.Equal((12, 3), (model.Calls, model.MostAtOnce));
    }

    [Fact]
    public async Task Score_BudgetOfAWorkspace_IsSpentByItAlone()
    {
        var model = new FakeChat(600);
        await using var bench = await ScoringBench.CreateAsync(model, options: new PriorityOptions { CallsPerMinute = 2 });
        await bench.Store.Workspaces.CreateAsync(new WorkspaceRecord { Id = "other" }, None);
        await bench.StartAsync();

        await bench.SubmitAsync(Enumerable.Range(0, 5).Select(index => $"Write article {index}"));
        await bench.WaitForAsync("fallbacks_total over_budget", 3);
        await bench.SubmitAsync(["Write article 1"], "other");
        await bench.WaitForAsync("scores_total model", 3);

        Assert.Equal(3, model.Calls);
    }

    [Fact]
    public async Task Offer_MoreThanTheQueueHolds_DropsAndCounts()
    {
        var model = new FakeChat(600);
        await using var bench = await ScoringBench.CreateAsync(model, options: new PriorityOptions { QueueSize = 5 });

        await bench.SubmitAsync(Enumerable.Range(0, 20).Select(index => $"Write article {index}"));
        await bench.StartAsync();
        await bench.WaitForAsync("scores_total model", 5);

        Assert.Equal((15, 5), (bench.Count("dropped_total"), model.Calls));
    }

    [Fact]
    public async Task Score_TasksThatHaveStarted_CostNoCall()
    {
        var model = new FakeChat(600);
        await using var bench = await ScoringBench.CreateAsync(model);
        await bench.SubmitAsync(["Write an article"]);
        await bench.Store.Turns.TakeAsync(new TurnRequest(Guid.Empty, 1, [new("generation.text", 1)], TimeSpan.FromMinutes(1)), None);
        await bench.StartAsync();

        await bench.SubmitAsync(["Delete the archive"]);
        await bench.WaitForAsync("scores_total model", 1);

        Assert.Equal(1, model.Calls);
    }

    [Fact]
    public async Task Score_TextsTheLexiconDoesNotKnow_AreToldAlikeByEmbeddings()
    {
        var model = new FakeChat(640) { Embed = text => text.Contains("oiseaux", StringComparison.Ordinal) ? [1, 0.1f] : [0, 1] };
        await using var bench = await ScoringBench.CreateAsync(model, embeddings: true);
        await bench.StartAsync();
        await bench.SubmitAsync(["oiseaux bleus"]);
        await bench.WaitForAsync("scores_total model", 1);

        await bench.SubmitAsync(["oiseaux verts"]);
        await bench.WaitForAsync("scores_total cache", 1);
        await bench.SubmitAsync(["poissons bleus"]);
        await bench.WaitForAsync("scores_total model", 2);

        Assert.Equal((2, 1), (model.Calls, bench.Count("cache_hits_total embedding") + bench.Count("cache_hits_total fingerprint")));
    }

    [Fact]
    public async Task Score_EmbeddingsThatFail_AreDoneWithout()
    {
        var model = new FakeChat(640);
        await using var bench = await ScoringBench.CreateAsync(model, embeddings: true);
        await bench.StartAsync();

        await bench.SubmitAsync(["Write an article"]);
        await bench.WaitForAsync("scores_total model", 1);

        Assert.Equal(1, model.Calls);
    }

    private static async Task<string> NeverAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return "";
    }
}
