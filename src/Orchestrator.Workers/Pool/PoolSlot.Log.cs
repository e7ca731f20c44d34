using Microsoft.Extensions.Logging;

namespace Orchestrator.Workers.Pool;

internal sealed partial class PoolSlot
{
    [LoggerMessage(4011, LogLevel.Warning, "Worker process {ProcessId} ({Worker}) was lost; the next one starts in {DelayMs} ms.")]
    private static partial void LogLost(ILogger logger, int processId, string worker, double delayMs);

    [LoggerMessage(4012, LogLevel.Information, "Worker process {ProcessId} ({Worker}) is stopped: the pool had nothing to do for {IdleMs} ms.")]
    private static partial void LogIdle(ILogger logger, int processId, string worker, int idleMs);
}
