using Microsoft.Extensions.Logging;

namespace Orchestrator.Runtime.Priorities;

internal sealed partial class ScoreJudge
{
    [LoggerMessage(1901, LogLevel.Warning, "Scores by {Model} fail ({Reason}): {Problem} Tasks keep the score of the heuristic; more failures are counted, not logged.")]
    private partial void LogFailing(string model, string reason, string problem);

    [LoggerMessage(1902, LogLevel.Information, "{Model} scores again.")]
    private partial void LogAnswering(string model);

    [LoggerMessage(1903, LogLevel.Warning, "Embeddings by {Model} fail: {Problem} Tasks are told apart without them; more failures are not logged.")]
    private partial void LogNotEmbedding(string model, string problem);
}
