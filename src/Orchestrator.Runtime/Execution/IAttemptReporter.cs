namespace Orchestrator.Runtime.Execution;

/// <summary>Takes what an attempt reports while it runs. Reports reach the task's events in order; they are hints, so a failure to write one does not fail the attempt.</summary>
public interface IAttemptReporter
{
    /// <param name="fraction">From 0 to 1; values outside are clamped.</param>
    /// <param name="message">What is being done, if it is worth saying.</param>
    void ReportProgress(double fraction, string? message);

    /// <summary>Appends a piece of output.</summary>
    void AppendChunk(string text);
}
