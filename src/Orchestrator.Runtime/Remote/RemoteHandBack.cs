using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Execution;
using Orchestrator.Storage.Leases;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Remote;

/// <summary>Gives back what no worker has heard of; the attempts do not count.</summary>
public sealed partial class RemoteHandBack(SettlementWriter settlements, RemoteSpans spans, AttemptInstruments instruments, ILogger<RemoteHandBack> logger)
{
    /// <summary>Never fails: a task that cannot be handed back is taken from its lease once that has expired.</summary>
    public async Task ReturnAsync(IReadOnlyCollection<RemoteAttempt> attempts)
    {
        if (attempts.Count > 0)
        {
            LogHandingBack(attempts.Count);
            await Task.WhenAll(attempts.Select(ReturnAsync)).ConfigureAwait(false);
        }
    }

    private async Task ReturnAsync(RemoteAttempt attempt)
    {
        var task = attempt.Task;
        using var span = spans.Take(task.Lease.Token);
        span?.Ended("handed_back");
        try
        {
            var settlement = new Settlement(task.Lease, task.WorkspaceKey, task.Lane, new AttemptOutcome.HandedBack()) { IsRemote = true };
            await settlements.WriteAsync(settlement).ConfigureAwait(false);
            instruments.OnHandedBack(task.Action);
        }
        catch (Exception exception)
        {
            LogNotHandedBack(exception, task.Lease.TaskId);
        }
    }

    [LoggerMessage(1903, LogLevel.Information, "{Count} tasks go back that their remote worker was not given: it had gone, or the answer was full.")]
    private partial void LogHandingBack(int count);

    [LoggerMessage(1904, LogLevel.Warning, "Task {TaskId} could not be handed back; its lease will expire.")]
    private partial void LogNotHandedBack(Exception exception, Guid taskId);
}
