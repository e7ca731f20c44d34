using Microsoft.Extensions.Logging;

namespace Orchestrator.Runtime.Execution;

public sealed partial class ActionCatalog
{
    [LoggerMessage(1301, LogLevel.Error, "The action '{Action}' is offered by two workers; the first one keeps it.")]
    private partial void LogDuplicate(string action);
}
