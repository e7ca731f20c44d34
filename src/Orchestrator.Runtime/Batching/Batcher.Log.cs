using Microsoft.Extensions.Logging;

namespace Orchestrator.Runtime.Batching;

public sealed partial class Batcher<TItem, TResult>
{
    [LoggerMessage(1001, LogLevel.Warning, "A batch of {Count} {Kind} cannot be written as one; it is split.")]
    private partial void LogSplitting(Exception exception, string kind, int count);

    [LoggerMessage(1002, LogLevel.Warning, "The store did not take a batch of {Count} {Kind}.")]
    private partial void LogUnavailable(Exception exception, string kind, int count);
}
