using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Core.Tasks;
using Orchestrator.Testing;
using Orchestrator.TestKit;
using Orchestrator.Workers;
using Orchestrator.Workers.Pool;

namespace Orchestrator.Gateway.Tests.Testing;

/// <summary>The workers that <c>docs/delegation.md</c> shows, as they are shown there.</summary>
public sealed class DelegationTests
{
    public sealed record Book(IReadOnlyList<string> Titles);

    public sealed record Chapter(string Title);

    public sealed record Text(string Content);

    // snippet: book
    public sealed class BookWorker : IWorker<Book, Text>
    {
        public async Task<Text> ExecuteAsync(Book book, IWorkerContext context, CancellationToken cancellationToken)
        {
            var ids = await context.DelegateAsync("demo.chapter", book.Titles.Select(title => new Chapter(title)), cancellationToken);
            var chapters = await context.WaitForAsync(ids, cancellationToken);
            return new Text(string.Join('\n', chapters.Select(chapter => chapter.ResultAs<Text>().Content)));
        }
    }
    // end

    public sealed class ChapterWorker : IWorker<Chapter, Text>
    {
        public Task<Text> ExecuteAsync(Chapter chapter, IWorkerContext context, CancellationToken cancellationToken) =>
            Task.FromResult(new Text($"# {chapter.Title}"));
    }

    public interface IPlanner
    {
        Task<Book> PlanAsync(string topic);
    }

    // snippet: plan
    public sealed class TopicWorker(IPlanner planner) : IWorker<string, Text>
    {
        public async Task<Text> ExecuteAsync(string topic, IWorkerContext context, CancellationToken cancellationToken)
        {
            var plan = context.FindCheckpoint<Book>();
            if (plan is null)
            {
                plan = await planner.PlanAsync(topic);
                context.SetCheckpoint(plan);
            }

            var children = plan.Titles.Select(title => context.NewChild("demo.chapter", new Chapter(title)) with { Key = title, Score = 600 });
            var ids = await context.DelegateAsync([.. children], cancellationToken);
            var chapters = await context.WaitForAsync(ids, cancellationToken);
            var written = chapters.Where(chapter => chapter.State == TaskState.Completed).Select(chapter => chapter.ResultAs<Text>().Content);
            return new Text(string.Join('\n', written));
        }
    }
    // end

    [Fact]
    public async Task Book_OfTenChapters_IsCombinedFromTenTasks()
    {
        await using var host = await OrchestratorTestHost.StartAsync(
            orchestrator => orchestrator.AddWorker<BookWorker>("demo.book").AddWorker<ChapterWorker>("demo.chapter"),
            setup => setup.Silo.Slots = 1);

        var book = await host.RunAsync("demo.book", new Book([.. Enumerable.Range(1, 10).Select(number => $"Chapter {number}")]));

        Assert.Equal(TaskState.Completed, book.State);
        Assert.Equal(1, book.Attempts);
        Assert.Equal(Enumerable.Range(1, 10).Select(number => $"# Chapter {number}"), book.ResultAs<Text>().Content.Split('\n'));
    }

    [Fact]
    public async Task Topic_PlannedOnce_IsWrittenFromItsCheckpoint()
    {
        var planner = new Planner();
        await using var host = await OrchestratorTestHost.StartAsync(orchestrator =>
        {
            orchestrator.AddWorker<TopicWorker>("demo.topic").AddWorker<ChapterWorker>("demo.chapter");
            orchestrator.Services.AddSingleton<IPlanner>(planner);
        });

        var text = await host.RunAsync("demo.topic", "tea");

        Assert.Equal("# tea 1\n# tea 2", text.ResultAs<Text>().Content);
        Assert.Equal(1, planner.Plans);
    }

    [PythonFact]
    public async Task Book_OfThePythonSample_IsCountedByTwoActionsOfOnePool()
    {
        var sample = Path.Combine(AppContext.BaseDirectory, "workers", "python", "wordcount_worker.py");
        await using var host = await OrchestratorTestHost.StartAsync(orchestrator => orchestrator.Services.AddProcessPool(new ProcessPoolOptions
        {
            PoolSize = 1,
            Workers = [new PoolWorkerOptions { Command = "python3", Args = ["-B", sample], Actions = ["sample.wordcount", "sample.wordcount.book"] }],
        }));

        var book = await host.RunAsync("sample.wordcount.book", new { chapters = new[] { "one", "one two", "one two three" } });

        Assert.Equal((TaskState.Completed, 1), (book.State, book.Attempts));
        Assert.Equal("""{"words":6,"chapters":[1,2,3]}""", book.Result!.Value.GetRawText());
    }

    private sealed class Planner : IPlanner
    {
        public int Plans { get; private set; }

        public Task<Book> PlanAsync(string topic)
        {
            Plans++;
            return Task.FromResult(new Book([$"{topic} 1", $"{topic} 2"]));
        }
    }
}
