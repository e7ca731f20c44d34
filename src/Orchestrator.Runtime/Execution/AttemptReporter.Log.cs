using Microsoft.Extensions.Logging;

namespace Orchestrator.Runtime.Execution;

internal sealed partial class AttemptReporter
{
    [LoggerMessage(1311, LogLevel.Warning, "{Count} reports of an attempt at task {TaskId} were not written.")]
    private static partial void LogNotWritten(ILogger logger, Exception exception, Guid taskId, int count);
}
