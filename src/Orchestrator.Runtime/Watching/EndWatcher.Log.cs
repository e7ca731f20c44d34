using Microsoft.Extensions.Logging;

namespace Orchestrator.Runtime.Watching;

public abstract partial class EndWatcher
{
    [LoggerMessage(1201, LogLevel.Warning, "Which of the awaited {What} have ended could not be read; it is tried again.")]
    private partial void LogCheckFailed(Exception exception, string what);
}
