using Orchestrator.Contracts.Runs;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Client.Runs;

/// <summary>The states of a run by their names.</summary>
public static class RunStatuses
{
    public const string Started = "started";
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string Aborted = "aborted";

    /// <summary>Whether the run has ended; one that has failed may be started again by a person.</summary>
    public static bool HasEnded(this RunResponse run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Status != Started;
    }

    /// <summary>Whether the run has ended with this event.</summary>
    public static bool EndsRun(this EventResponse entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Type is "run.completed" or "run.failed" or "run.aborted";
    }
}
