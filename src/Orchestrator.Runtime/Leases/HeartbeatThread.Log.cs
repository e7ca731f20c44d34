using Microsoft.Extensions.Logging;

namespace Orchestrator.Runtime.Leases;

public sealed partial class HeartbeatThread
{
    [LoggerMessage(1511, LogLevel.Warning, "The heartbeat of {Count} leases failed; it is tried again until they must be given up.")]
    private partial void LogFailed(Exception exception, int count);
}
