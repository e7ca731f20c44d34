using Microsoft.Extensions.Logging;

namespace Orchestrator.Workers.Pool;

internal sealed partial class PoolProcess
{
    [LoggerMessage(4031, LogLevel.Debug, "Worker process {ProcessId} ({Worker}) started: {Command}")]
    private static partial void LogStarted(ILogger logger, int processId, string worker, string command);

    [LoggerMessage(4032, LogLevel.Debug, "Worker process {ProcessId} ({Worker}) {Exit}.")]
    private static partial void LogEnded(ILogger logger, int processId, string worker, string exit);

    [LoggerMessage(4033, LogLevel.Warning, "Killing worker process {ProcessId} ({Worker}): {Reason}")]
    private static partial void LogKilling(ILogger logger, int processId, string worker, string reason);

    [LoggerMessage(4034, LogLevel.Debug, "Worker process {ProcessId} ({Worker}) could not be killed: {Reason}")]
    private static partial void LogKillFailed(ILogger logger, int processId, string worker, string reason);

    [LoggerMessage(4035, LogLevel.Debug, "Standard output of worker process {ProcessId} ({Worker}) was closed: {Reason}")]
    private static partial void LogReadEnded(ILogger logger, int processId, string worker, string reason);

    [LoggerMessage(4036, LogLevel.Debug, "Worker process {ProcessId} ({Worker}) takes no more input: {Reason}")]
    private static partial void LogWriteFailed(ILogger logger, int processId, string worker, string reason);

    [LoggerMessage(4037, LogLevel.Warning, "Worker process {ProcessId} ({Worker}), at {Action} of task {TaskId}, showed no sign of life for {TimeoutMs} ms.")]
    private static partial void LogHeartbeatMissed(ILogger logger, int processId, string worker, string action, Guid taskId, int timeoutMs);

    [LoggerMessage(4038, LogLevel.Error, "A line of worker process {ProcessId} ({Worker}) could not be handled.")]
    private static partial void LogReadFailed(ILogger logger, Exception exception, int processId, string worker);

    [LoggerMessage(4039, LogLevel.Warning, "What worker process {ProcessId} ({Worker}) asked for at task {TaskId} could not be done.")]
    private static partial void LogDelegationFailed(ILogger logger, Exception exception, int processId, string worker, Guid taskId);
}
