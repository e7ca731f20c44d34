using Microsoft.Extensions.Logging;

namespace Orchestrator.Workers.Providers;

public sealed partial class ModelRouter
{
    [LoggerMessage(4051, LogLevel.Warning, "{Problem} Falling back to {Next}.")]
    private partial void LogFallsBack(string problem, ModelName next);
}
