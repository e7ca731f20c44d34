using Orchestrator.Core.Tasks;

namespace Orchestrator.Workers;

/// <summary>What a worker knows of the attempt it runs, and what it can tell about it meanwhile.</summary>
public interface IWorkerContext
{
    Guid TaskId { get; }

    string Workspace { get; }

    string Action { get; }

    /// <summary>From 1.</summary>
    int Attempt { get; }

    int MaxAttempts { get; }

    /// <summary>Time left until the attempt is ended as <c>timeout</c>; never negative.</summary>
    TimeSpan Remaining { get; }

    /// <summary>Tells how far the work is.</summary>
    /// <param name="fraction">From 0 to 1.</param>
    /// <param name="message">What is being done, if it is worth saying.</param>
    void ReportProgress(double fraction, string? message = null);

    /// <summary>Appends a piece of output for those who follow the task's events.</summary>
    void AppendChunk(string text);

    /// <summary>Says what the attempt consumed; the last call counts, also when the attempt fails.</summary>
    void ReportUsage(TaskUsage usage);
}
