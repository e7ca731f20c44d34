namespace Orchestrator.Gateway.Problems;

internal sealed partial class ProblemExceptionHandler
{
    [LoggerMessage(4001, LogLevel.Error, "{Method} {Path} failed inside.")]
    private static partial void LogUnhandled(ILogger logger, string method, string path, Exception exception);

    [LoggerMessage(4002, LogLevel.Warning, "{Method} {Path}: the store is not available.")]
    private static partial void LogStoreUnavailable(ILogger logger, string method, string path, Exception exception);
}
