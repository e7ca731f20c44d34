using Microsoft.Extensions.Logging;

namespace Orchestrator.Runtime.Dispatching;

public sealed partial class Dispatcher
{
    [LoggerMessage(1401, LogLevel.Warning, "A dispatch turn failed; the next one follows after a pause.")]
    private partial void LogTurnFailed(Exception exception);
}
