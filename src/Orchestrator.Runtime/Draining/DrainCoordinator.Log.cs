using Microsoft.Extensions.Logging;

namespace Orchestrator.Runtime.Draining;

public sealed partial class DrainCoordinator
{
    [LoggerMessage(1701, LogLevel.Information, "The silo drains; {Count} attempts are open.")]
    private partial void LogBegan(int count);

    [LoggerMessage(1702, LogLevel.Information, "{Count} attempts did not finish in time and are handed back.")]
    private partial void LogHandingBack(int count);

    [LoggerMessage(1703, LogLevel.Warning, "The silo stops with {Count} attempts unsettled and {Busy} workers busy; their leases will expire.")]
    private partial void LogLeftBehind(int count, int busy);

    [LoggerMessage(1704, LogLevel.Information, "The silo is drained.")]
    private partial void LogDrained();
}
