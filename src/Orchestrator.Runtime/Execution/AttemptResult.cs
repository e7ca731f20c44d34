using Orchestrator.Core.Tasks;

namespace Orchestrator.Runtime.Execution;

/// <summary>How an executor ended an attempt; exactly one of the nested records.</summary>
public abstract record AttemptResult
{
    private AttemptResult()
    {
    }

    public TaskUsage? Usage { get; init; }

    /// <param name="Result">JSON in UTF-8, at most <see cref="TaskLimits.MaxResultBytes"/>.</param>
    public sealed record Success(ReadOnlyMemory<byte> Result) : AttemptResult;

    /// <param name="RetryAfter">What a provider asked for, if it did.</param>
    public sealed record Failure(TaskError Error, TimeSpan? RetryAfter = null) : AttemptResult;
}
