using Microsoft.Extensions.Logging;

namespace Orchestrator.Runtime.Watching;

public sealed partial class TaskWatcher
{
    [LoggerMessage(1201, LogLevel.Warning, "Which of the awaited tasks have ended could not be read; it is tried again.")]
    private partial void LogCheckFailed(Exception exception);
}
