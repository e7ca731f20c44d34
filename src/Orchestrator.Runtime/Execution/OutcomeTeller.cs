using Microsoft.Extensions.Logging;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Telemetry.Tracing;

namespace Orchestrator.Runtime.Execution;

/// <summary>Says how attempts ended to whoever follows their traces or reads the log.</summary>
internal sealed partial class OutcomeTeller(ILogger logger)
{
    /// <param name="span">Null where nobody looks.</param>
    /// <param name="attempt">Whose end it is.</param>
    /// <param name="outcome">What was written.</param>
    public void Tell(AttemptSpan? span, AttemptScope attempt, AttemptOutcome outcome)
    {
        var (name, error) = outcome switch
        {
            AttemptOutcome.Completed => ("completed", null),
            AttemptOutcome.Failed failed => ("failed", failed.Error),
            AttemptOutcome.Retried retried => ("retried", retried.Error),
            AttemptOutcome.Refused refused => ("refused", refused.Error),
            AttemptOutcome.HandedBack => ("handed_back", null),
            _ => ("waiting", default(TaskError)),
        };
        span?.Ended(name, error?.Code);
        if (outcome is AttemptOutcome.Failed or AttemptOutcome.Refused { Otherwise: AttemptOutcome.Failed })
        {
            LogFailed(attempt.Action, attempt.TaskId, attempt.Workspace, attempt.Attempt, error!.Code);
        }
        else if (error is not null)
        {
            LogRetried(attempt.Action, attempt.TaskId, attempt.Workspace, attempt.Attempt, error.Code);
        }
    }

    [LoggerMessage(1324, LogLevel.Information, "Task {TaskId} of {Workspace} has failed with attempt {Attempt} of {Action}: {Code}.")]
    private partial void LogFailed(string action, Guid taskId, string workspace, int attempt, string code);

    [LoggerMessage(1325, LogLevel.Debug, "Attempt {Attempt} of {Action} at task {TaskId} of {Workspace} has failed: {Code}.")]
    private partial void LogRetried(string action, Guid taskId, string workspace, int attempt, string code);
}
