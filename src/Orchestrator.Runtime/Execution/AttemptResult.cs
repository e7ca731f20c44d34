using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Steering;

namespace Orchestrator.Runtime.Execution;

/// <summary>How an executor ended an attempt; exactly one of the nested records.</summary>
public abstract record AttemptResult
{
    private AttemptResult()
    {
    }

    public TaskUsage? Usage { get; init; }

    /// <summary>The provider that this says something about; null for that of the action.</summary>
    public string? Provider { get; init; }

    /// <param name="Result">JSON in UTF-8, at most <see cref="TaskLimits.MaxResultBytes"/>.</param>
    public sealed record Success(ReadOnlyMemory<byte> Result) : AttemptResult
    {
        /// <summary>
        /// The number of the last message that was heard: with a newer one the task does not end, but is run on at once from its checkpoint.
        /// Null where messages do not matter.
        /// </summary>
        public int? HeardThrough { get; init; }
    }

    /// <param name="RetryAfter">What a provider asked for, if it did.</param>
    public sealed record Failure(TaskError Error, TimeSpan? RetryAfter = null) : AttemptResult;

    /// <summary>
    /// The task waits until these of its children have ended, without a slot, and is run again then, at once where they have ended already.
    /// The attempt does not count.
    /// </summary>
    /// <param name="Checkpoint">What that attempt is to know, as JSON in UTF-8, at most <see cref="TaskLimits.MaxCheckpointBytes"/>; null leaves what was noted before.</param>
    public sealed record Waiting(IReadOnlyList<Guid> Children, ReadOnlyMemory<byte>? Checkpoint = null) : AttemptResult;

    /// <summary>
    /// The task waits until a person has decided, without a slot, and is run again then, also when the request's time limit is over. The
    /// attempt does not count.
    /// </summary>
    /// <param name="Checkpoint">As of <see cref="Waiting"/>.</param>
    public sealed record Asking(ApprovalRequest Request, ReadOnlyMemory<byte>? Checkpoint = null) : AttemptResult;
}
