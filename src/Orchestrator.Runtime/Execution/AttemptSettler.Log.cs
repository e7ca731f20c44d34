using Microsoft.Extensions.Logging;

namespace Orchestrator.Runtime.Execution;

internal sealed partial class AttemptSettler
{
    [LoggerMessage(1321, LogLevel.Warning, "The end of attempt {Attempt} at task {TaskId} could not be written before its lease ran out; the task will be re-queued.")]
    private static partial void LogGivenUp(ILogger logger, Exception exception, Guid taskId, int attempt);

    [LoggerMessage(1322, LogLevel.Error, "The store refused the end of attempt {Attempt} at task {TaskId}.")]
    private static partial void LogRefused(ILogger logger, Exception exception, Guid taskId, int attempt);

    [LoggerMessage(1323, LogLevel.Warning, "The end of attempt {Attempt} at task {TaskId} was not accepted: its lease was lost.")]
    private static partial void LogLeaseLost(ILogger logger, Guid taskId, int attempt);
}
