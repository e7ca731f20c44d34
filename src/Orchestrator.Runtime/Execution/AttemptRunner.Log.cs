using Microsoft.Extensions.Logging;

namespace Orchestrator.Runtime.Execution;

public sealed partial class AttemptRunner
{
    [LoggerMessage(1331, LogLevel.Information, "Attempt {Attempt} at task {TaskId} was stopped: {Reason}.")]
    private partial void LogLeft(int attempt, Guid taskId, StopReason reason);

    [LoggerMessage(1332, LogLevel.Warning, "The worker of '{Action}' ignored its cancellation at task {TaskId} and is abandoned.")]
    private partial void LogAbandoned(string action, Guid taskId);

    [LoggerMessage(1333, LogLevel.Critical, "The attempt at task {TaskId} broke in the engine; its lease will expire.")]
    private partial void LogDefect(Exception exception, Guid taskId);
}
