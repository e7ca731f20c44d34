using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;

namespace Orchestrator.Workers;

internal sealed class WorkerContext(AttemptContext attempt, TimeProvider time) : IWorkerContext
{
    private readonly long _started = time.GetTimestamp();

    public Guid TaskId => attempt.TaskId;

    public string Workspace => attempt.Workspace;

    public string Action => attempt.Action;

    public int Attempt => attempt.Attempt;

    public int MaxAttempts => attempt.MaxAttempts;

    public TimeSpan Remaining
    {
        get
        {
            var left = attempt.Timeout - time.GetElapsedTime(_started);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public TaskUsage? Usage { get; private set; }

    public void ReportProgress(double fraction, string? message = null) => attempt.Reporter.ReportProgress(fraction, message);

    public void AppendChunk(string text) => attempt.Reporter.AppendChunk(text);

    public void ReportUsage(TaskUsage usage) => Usage = usage;
}
