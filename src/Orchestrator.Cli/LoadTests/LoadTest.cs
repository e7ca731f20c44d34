using Orchestrator.Client;
using Orchestrator.Client.Tasks;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Cli.LoadTests;

/// <summary>Keeps so many requests under way until all have been made.</summary>
internal sealed class LoadTest(OrchestratorClient client, LoadTestSettings settings, TimeProvider time)
{
    /// <summary>How long giving up a task may take.</summary>
    private static readonly TimeSpan CancelTimeout = TimeSpan.FromSeconds(5);

    public async Task<LoadTestResult> RunAsync(CancellationToken interrupted)
    {
        var outcomes = new RequestOutcome[settings.Requests];
        var taken = -1;
        var started = time.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Math.Min(settings.Concurrency, settings.Requests)).Select(_ => GoOnAsync()));
        return new LoadTestResult(outcomes, time.GetElapsedTime(started));

        async Task GoOnAsync()
        {
            for (var index = Interlocked.Increment(ref taken); index < outcomes.Length; index = Interlocked.Increment(ref taken))
            {
                outcomes[index] = await RequestAsync(interrupted);
            }
        }
    }

    private async Task<RequestOutcome> RequestAsync(CancellationToken interrupted)
    {
        using var timeout = new CancellationTokenSource(settings.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interrupted, timeout.Token);
        var started = time.GetTimestamp();
        var key = Guid.NewGuid().ToString("N");
        try
        {
            var submitted = await client.Tasks.SubmitAsync(settings.Workspace, NewTask(), key, settings.Timeout, either.Token);
            var task = submitted.Task is { } answered && answered.HasEnded() ? answered : await client.Tasks.WaitForEndAsync(submitted.Id, either.Token);
            return Of(task, time.GetElapsedTime(started));
        }
        catch (OrchestratorException refusal)
        {
            return new RequestOutcome(null, null, 0, refusal.Slug ?? "unreachable", refusal.Message);
        }
        catch (OperationCanceledException)
        {
            await CancelAsync(key);
            interrupted.ThrowIfCancellationRequested();
            return new RequestOutcome(null, null, 0, "timeout", $"It had not ended after {settings.Timeout.TotalMilliseconds:0} ms.");
        }
    }

    private SubmitTaskRequest NewTask() => new()
    {
        Action = settings.Action,
        Name = "orc loadtest",
        Input = settings.Input,
        TimeoutMs = settings.TimeoutMs,
    };

    private static RequestOutcome Of(TaskResponse task, TimeSpan latency) => new(
        task.Status == TaskStatuses.Completed ? latency : null,
        task.StartedAt - task.CreatedAt,
        Math.Max(0, task.Attempt - 1),
        task.Status == TaskStatuses.Completed ? null : task.Error?.Code ?? task.Status,
        task.Error?.Message);

    /// <summary>Nobody waits for it any more. The answer with its id may still be out; the same key is answered with the same task.</summary>
    private async Task CancelAsync(string key)
    {
        using var limit = new CancellationTokenSource(CancelTimeout, time);
        try
        {
            var task = await client.Tasks.SubmitAsync(settings.Workspace, NewTask(), key, cancellationToken: limit.Token);
            await client.Tasks.CancelAsync(task.Id, limit.Token);
        }
        catch (OrchestratorException refusal) when (refusal.Slug == "task-ended")
        {
            // It ended just now.
        }
        catch (Exception exception) when (exception is OrchestratorException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"A task could not be cancelled: {exception.Message}");
        }
    }
}
