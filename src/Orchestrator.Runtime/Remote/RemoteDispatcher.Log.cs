using Microsoft.Extensions.Logging;

namespace Orchestrator.Runtime.Remote;

public sealed partial class RemoteDispatcher
{
    [LoggerMessage(1901, LogLevel.Warning, "A turn for remote workers failed; {Count} of them are told to ask again.")]
    private partial void LogTurnFailed(Exception exception, int count);

    [LoggerMessage(1902, LogLevel.Warning, "Something beside the turns for remote workers failed; it is tried again with the next.")]
    private partial void LogLookFailed(Exception exception);
}
