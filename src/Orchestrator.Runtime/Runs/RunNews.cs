using Microsoft.Extensions.Logging;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Submissions;
using Orchestrator.Storage.Runs;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Runs;

/// <summary>Hears what committed transactions did to runs, and tells those who count, wait and work.</summary>
public sealed partial class RunNews(SignalHub hub, NewTaskNews tasks, RunInstruments instruments, ILogger<RunNews> logger)
{
    public void Hear(IReadOnlyList<RunNotice> notices)
    {
        var ended = new List<Guid>();
        var changed = new List<Guid>();
        var due = false;
        foreach (var notice in notices)
        {
            Count(notice);
            if (notice.Fault is { } fault)
            {
                LogBroken(notice.RunId, notice.Definition, fault);
            }

            (notice.EndedAs is null ? changed : ended).Add(notice.RunId);
            due |= notice.IsDue;
        }

        tasks.Tell([.. notices.SelectMany(static notice => notice.Started)]);
        if (due)
        {
            hub.SignalDue();
        }

        hub.SignalRuns(ended, changed);
    }

    [LoggerMessage(2001, LogLevel.Error, "The run {Run} of {Definition} cannot be carried on.")]
    private partial void LogBroken(Guid run, DefinitionName definition, Exception fault);

    private void Count(RunNotice notice)
    {
        var definition = notice.Definition.ToString();
        if (notice.Began)
        {
            instruments.RunStarted(definition);
        }

        foreach (var (step, completed, waited, ran) in notice.Steps)
        {
            if (waited is { } queued)
            {
                instruments.StepQueued(definition, step, queued);
            }

            if (ran is { } active)
            {
                instruments.StepEnded(definition, step, (completed ? RunStatus.Completed : RunStatus.Failed).ToName(), active);
            }
        }

        if (notice.EndedAs is { } status)
        {
            instruments.RunEnded(definition, status.ToName(), notice.Took);
        }
    }
}
