using Microsoft.Extensions.Logging;

namespace Orchestrator.Runtime.Priorities;

public sealed partial class ModelScorer
{
    [LoggerMessage(1911, LogLevel.Warning, "Scores could not be read or written; the tasks keep what they have.")]
    private partial void LogStoreFailed(Exception exception);

    [LoggerMessage(1912, LogLevel.Error, "A scoring failed unexpectedly; its tasks keep what they have.")]
    private partial void LogScoringFailed(Exception exception);
}
