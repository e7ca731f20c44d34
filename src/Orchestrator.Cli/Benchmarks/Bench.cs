using System.Globalization;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.LoadTests;
using Orchestrator.Client;
using Orchestrator.Client.Tasks;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Contracts.Workspaces;

namespace Orchestrator.Cli.Benchmarks;

/// <summary>Puts a pile of tasks into a workspace of its own, and looks how fast it goes down.</summary>
internal sealed class Bench(OrchestratorClient client, int tasks, int batch, int latencyMs, TimeProvider time)
{
    private const int PageSize = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan CleanUpTimeout = TimeSpan.FromSeconds(10);

    private readonly string _workspace = $"orc-bench-{Guid.NewGuid():n}";

    /// <exception cref="CliException">It took too long.</exception>
    public async Task<BenchReport> RunAsync(string target, TimeSpan timeout, CancellationToken interrupted)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interrupted, limit.Token);
        await client.Workspaces.CreateAsync(new CreateWorkspaceRequest { Id = _workspace, Name = "orc bench" }, interrupted);
        try
        {
            var started = time.GetTimestamp();
            await SubmitAsync(either.Token);
            var submitted = time.GetElapsedTime(started);
            await DrainAsync(either.Token);
            var ended = await ReadAsync(either.Token);
            var stats = await client.GetStatsAsync(cancellationToken: either.Token);
            return Report(ended, submitted, target, stats.Slots);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !interrupted.IsCancellationRequested)
        {
            throw new CliException(CliExitCodes.Failure, $"The tasks had not ended after {timeout}.");
        }
        finally
        {
            await CleanUpAsync();
        }
    }

    private async Task SubmitAsync(CancellationToken cancellationToken)
    {
        var task = new BatchItemRequest
        {
            Action = LoadTestInputs.Simulated,
            Input = RawJson.From(string.Create(CultureInfo.InvariantCulture, $$"""{"latencyMs": {{latencyMs}}}""")),
        };
        for (var left = tasks; left > 0; left -= batch)
        {
            await client.Tasks.SubmitBatchAsync(_workspace, [.. Enumerable.Repeat(task, Math.Min(left, batch))], cancellationToken: cancellationToken);
        }
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var counts = (await client.GetStatsAsync(_workspace, cancellationToken)).Tasks;
            var ended = counts.Where(count => count.Key is TaskStatuses.Completed or TaskStatuses.Failed or TaskStatuses.Cancelled).Sum(count => count.Value);
            if (ended >= tasks)
            {
                return;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<List<TaskResponse>> ReadAsync(CancellationToken cancellationToken)
    {
        var ended = new List<TaskResponse>(tasks);
        await foreach (var task in client.Tasks.ListAsync(_workspace, new TaskFilter { PageSize = PageSize }, cancellationToken))
        {
            ended.Add(task);
        }

        return ended;
    }

    private BenchReport Report(List<TaskResponse> ended, TimeSpan submitted, string target, int slots)
    {
        var completed = ended.Where(task => task.Status == TaskStatuses.Completed).ToList();
        var duration = completed.Count == 0 ? TimeSpan.Zero : completed.Max(task => task.FinishedAt!.Value) - completed.Min(task => task.CreatedAt);
        return new BenchReport
        {
            Tasks = tasks,
            Completed = completed.Count,
            Target = target,
            Slots = slots,
            SubmitMs = Math.Round(submitted.TotalMilliseconds, 1),
            SubmittedPerSecond = Rate(tasks, submitted),
            DurationMs = Math.Round(duration.TotalMilliseconds, 1),
            TasksPerSecond = Rate(completed.Count, duration),
            Latency = BenchTimes.Of(completed.Select(task => task.FinishedAt - task.CreatedAt)),
            Queue = BenchTimes.Of(completed.Select(task => task.StartedAt - task.CreatedAt)),
            Execution = BenchTimes.Of(completed.Select(task => task.FinishedAt - task.StartedAt)),
        };
    }

    private static double Rate(int count, TimeSpan duration) => Math.Round(count / Math.Max(duration.TotalSeconds, 0.001), 1);

    /// <summary>The workspace goes with its tasks; those that have not ended are cancelled first.</summary>
    private async Task CleanUpAsync()
    {
        using var limit = new CancellationTokenSource(CleanUpTimeout, time);
        try
        {
            var operation = await client.Bulk.StartAsync(new BulkRequest { Operation = "cancel", Filter = new BulkFilterRequest { Workspace = _workspace } }, limit.Token);
            while (operation.Status == "running")
            {
                await Task.Delay(Pause, time, limit.Token);
                operation = await client.Bulk.GetAsync(operation.Id, limit.Token);
            }

            await client.Workspaces.DeleteAsync(_workspace, limit.Token);
        }
        catch (Exception exception) when (exception is OrchestratorException or OperationCanceledException)
        {
            Notices.Tell($"Workspace {_workspace} is left: {exception.Message}");
        }
    }
}
