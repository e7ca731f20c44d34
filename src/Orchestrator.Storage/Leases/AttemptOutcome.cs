using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Steering;

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
    public sealed record Completed(ReadOnlyMemory<byte> Result) : AttemptOutcome
    {
        /// <summary>
        /// The number of the last message to the task that its worker has heard: with a newer one that nobody has consumed, nothing is
        /// written. Null where messages do not matter.
        /// </summary>
        public int? HeardThrough { get; init; }
    }

    /// <summary>The task has failed for good.</summary>
    public sealed record Failed(TaskError Error) : AttemptOutcome;

    /// <summary>The task is tried again after <paramref name="Delay"/>; at once when it is zero.</summary>
    public sealed record Retried(TaskError Error, TimeSpan Delay) : AttemptOutcome
    {
        /// <summary>Whether the attempt does not count: it probed a provider for all, and found it ill.</summary>
        public bool Refunded { get; init; }
    }

    /// <summary>
    /// A provider refused the task for its rate and named a pause: the buckets that the task needs are closed until then, the
    /// attempt does not count, and the task waits for them.
    /// </summary>
    /// <param name="Otherwise">What happens to a task that needs no bucket, or was refused too often.</param>
    public sealed record Refused(TaskError Error, TimeSpan RetryAfter, AttemptOutcome Otherwise) : AttemptOutcome
    {
        /// <summary>The buckets that the task needs, once they have been looked up.</summary>
        internal IReadOnlyList<string> Buckets { get; init; } = [];
    }

    /// <summary>
    /// The task waits until these of its children have ended, however they end; the attempt does not count. Where all have ended,
    /// it is ready again at once.
    /// </summary>
    /// <param name="Checkpoint">What its worker notes for the attempt that goes on, as JSON in UTF-8; null leaves what it noted before.</param>
    public sealed record Awaiting(IReadOnlyList<Guid> Children, ReadOnlyMemory<byte>? Checkpoint) : AttemptOutcome;

    /// <summary>The task waits until a person has answered, or the time limit of the request is over; the attempt does not count.</summary>
    /// <param name="Checkpoint">What its worker notes for the attempt that goes on, as JSON in UTF-8; null leaves what it noted before.</param>
    public sealed record AwaitingApproval(NewApproval Request, ReadOnlyMemory<byte>? Checkpoint) : AttemptOutcome;

    /// <summary>The task goes back to the ready set and the attempt does not count.</summary>
    public sealed record HandedBack : AttemptOutcome
    {
        /// <summary>Whether its worker had begun, so that nobody knows what it has cost.</summary>
        public bool Began { get; init; }
    }
}
