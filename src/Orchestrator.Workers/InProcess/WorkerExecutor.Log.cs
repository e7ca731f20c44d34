using Microsoft.Extensions.Logging;

namespace Orchestrator.Workers;

internal sealed partial class WorkerExecutor<TIn, TOut>
{
    [LoggerMessage(4001, LogLevel.Warning, "Worker of {Action} failed at attempt {Attempt} of task {TaskId}.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string action, Guid taskId, int attempt);

    [LoggerMessage(4002, LogLevel.Warning, "Worker of {Action} returned what cannot be written as JSON at attempt {Attempt} of task {TaskId}.")]
    private static partial void LogUnwritable(ILogger logger, Exception exception, string action, Guid taskId, int attempt);
}
