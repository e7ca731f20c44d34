using Orchestrator.Client;
using Orchestrator.Client.Tasks;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Cli.LoadTests;

/// <summary>Keeps so many requests under way until all have been made.</summary>
internal sealed class LoadTest(OrchestratorClient client, LoadTestSettings settings, TimeProvider time)
{
    /// <summary>How long giving up a task may take.</summary>
    private static readonly TimeSpan CancelTimeout = TimeSpan.FromSeconds(2);

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
        Guid? id = null;
        try
        {
            var submitted = await client.Tasks.SubmitAsync(settings.Workspace, NewTask(), wait: settings.Timeout, cancellationToken: either.Token);
            id = submitted.Id;
            var task = submitted.Task is { } answered && answered.HasEnded() ? answered : await client.Tasks.WaitForEndAsync(submitted.Id, either.Token);
            return Of(task, time.GetElapsedTime(started));
        }
        catch (OrchestratorException refusal)
        {
            return new RequestOutcome(null, null, 0, refusal.Slug ?? "unreachable", refusal.Message);
        }
        catch (OperationCanceledException)
        {
            await CancelAsync(id);
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

    /// <summary>Nobody waits for it any more.</summary>
    private async Task CancelAsync(Guid? id)
    {
        if (id is not { } task)
        {
            return;
        }

        using var limit = new CancellationTokenSource(CancelTimeout, time);
        try
        {
            await client.Tasks.CancelAsync(task, limit.Token);
        }
        catch (Exception exception) when (exception is OrchestratorException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"Task {task} could not be cancelled: {exception.Message}");
        }
    }
}
