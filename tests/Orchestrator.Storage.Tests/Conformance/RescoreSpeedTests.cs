using System.Diagnostics;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Stores;
using Xunit.Abstractions;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>How long a step after a change of goal holds its rows, and what a goal costs a submission. The figures are printed; only the bounds are judged.</summary>
public sealed class RescoreSpeedTests(ITestOutputHelper output)
{
    private const int Tasks = 5_000;
    private const string Workspace = IWorkspaceStore.DefaultWorkspace;
    private const string Goal = "Launch the podcast about artificial intelligence";

    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Rescore_OnSqlite_TakesShortSteps()
    {
        await using var test = await SqliteTestStore.CreateAsync();
        await MeasureAsync("SQLite", test.Store);
    }

    [PostgresFact]
    public async Task Rescore_OnPostgres_TakesShortSteps()
    {
        await using var test = await PostgresTestStore.CreateWithRunningClockAsync();
        await MeasureAsync("PostgreSQL", test.Store);
    }

    private async Task MeasureAsync(string name, IStore store)
    {
        await SubmitAsync(store, 0);
        var plain = await SubmitAsync(store, 0);
        await store.Workspaces.UpdateAsync(Workspace, workspace => workspace with { Goal = Goal }, None);
        var steps = new List<double>();
        while (true)
        {
            var watch = Stopwatch.StartNew();
            if (await store.Scores.RescoreAsync(250, None) is null)
            {
                break;
            }

            steps.Add(watch.Elapsed.TotalMilliseconds);
        }

        var unread = await SubmitAsync(store, 1);
        var read = await SubmitAsync(store, 1);
        var longest = steps.IndexOf(steps.Max());
        steps.Sort();
        output.WriteLine(
            $"{name}: steps of 250 tasks: median {steps[steps.Count / 2]:0.0} ms, the {longest + 1}th the longest with {steps[^1]:0.0} ms; a submission of 500 tasks takes {plain:0} µs a task without a goal, {unread:0} µs with one and texts never read, {read:0} µs with texts that were");
        Assert.InRange(steps.Count, 2 * Tasks / 250, (2 * Tasks / 250) + 1);
        Assert.InRange(steps[^1], 0, 2_000);
    }

    /// <summary>Submits tasks of distinct texts in batches; answers microseconds a task.</summary>
    private static async Task<double> SubmitAsync(IStore store, int series)
    {
        var watch = Stopwatch.StartNew();
        foreach (var batch in Enumerable.Range(0, Tasks).Chunk(500))
        {
            NewTask[] tasks = [.. batch.Select(index => new NewTask
            {
                Id = TaskIds.Next(),
                Action = "work",
                Name = $"Write article {series} {index} about artificial intelligence for the newsletter of Globex, with {index} images",
            })];
            await store.Submissions.SubmitAsync([new Submission(Workspace, tasks)], None);
        }

        return watch.Elapsed.TotalMicroseconds / Tasks;
    }
}
