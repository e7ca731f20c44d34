using Microsoft.Extensions.Logging;

namespace Orchestrator.Runtime.Signals;

public sealed partial class ClusterSignalService
{
    [LoggerMessage(1101, LogLevel.Warning, "A hint to the cluster was not sent; polls stand in for it.")]
    private partial void LogSendFailed(Exception exception);

    [LoggerMessage(1102, LogLevel.Warning, "The connection that receives hints broke; it is reopened, and polls stand in for it.")]
    private partial void LogListenFailed(Exception exception);
}
