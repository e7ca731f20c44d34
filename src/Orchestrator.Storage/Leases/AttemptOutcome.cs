using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Leases;

/// <summary>How an attempt ended; exactly one of the nested records.</summary>
public abstract record AttemptOutcome
{
    private AttemptOutcome()
    {
    }

    /// <summary>What the attempt consumed, if it said so.</summary>
    public TaskUsage? Usage { get; init; }

    /// <summary>The task is completed with this result (JSON in UTF-8).</summary>
    public sealed record Completed(ReadOnlyMemory<byte> Result) : AttemptOutcome;

    /// <summary>The task has failed for good.</summary>
    public sealed record Failed(TaskError Error) : AttemptOutcome;

    /// <summary>The task is tried again after <paramref name="Delay"/>; at once when it is zero.</summary>
    public sealed record Retried(TaskError Error, TimeSpan Delay) : AttemptOutcome;

    /// <summary>The task goes back to the ready set and the attempt does not count.</summary>
    public sealed record HandedBack : AttemptOutcome;
}
