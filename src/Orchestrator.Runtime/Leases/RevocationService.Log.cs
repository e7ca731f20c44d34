using Microsoft.Extensions.Logging;

namespace Orchestrator.Runtime.Leases;

public sealed partial class RevocationService
{
    [LoggerMessage(1521, LogLevel.Warning, "Whether running tasks have been ended could not be read; the next heartbeat tells.")]
    private partial void LogCheckFailed(Exception exception);
}
