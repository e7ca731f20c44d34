using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Steering;

/// <summary>What people say to tasks, what tasks ask people, and what attempts note between their steps.</summary>
public interface ISteeringStore
{
    /// <summary>Appends messages to a task that has not ended, all or none.</summary>
    /// <param name="idempotency">The caller's key, under which the same messages are appended once; null for none.</param>
    Task<MessageResult> AppendAsync(
        Guid taskId, IReadOnlyList<NewMessage> messages, IdempotencyKey? idempotency, CancellationToken cancellationToken);

    /// <summary>
    /// The messages to a task that no attempt has consumed, in order: the first <see cref="Core.Tasks.TaskLimits.MaxToldMessages"/>
    /// with at most <see cref="Core.Tasks.TaskLimits.MaxToldCharacters"/> characters together, and one at least.
    /// </summary>
    Task<IReadOnlyList<MessageRecord>> ListUnconsumedAsync(Guid taskId, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a checkpoint, marks the messages up to <paramref name="consumedThrough"/> as consumed by the attempt and adds the usage to
    /// the task's, in one transaction under the fence; false, and nothing is written, when the lease is no longer held. A checkpoint
    /// that is stored already adds no usage, so that a save whose answer was lost may come again.
    /// </summary>
    Task<bool> SaveAsync(
        LeaseId lease, ReadOnlyMemory<byte> checkpoint, int consumedThrough, TaskUsage? usage, CancellationToken cancellationToken);

    /// <summary>What a task asked for last, or last under a key; null when it has not.</summary>
    Task<ApprovalRecord?> FindLastApprovalAsync(Guid taskId, string? key, CancellationToken cancellationToken);

    /// <summary>Writes a person's answer to the open request of a task: <see cref="ApprovalVerdict.Abort"/> fails the task, every other makes it ready.</summary>
    Task<DecisionResult> DecideAsync(Guid taskId, ApprovalReply reply, CancellationToken cancellationToken);

    /// <summary>Answers requests whose time limit is over, and makes their tasks ready; answers which requests these were.</summary>
    Task<IReadOnlyList<Guid>> ExpireDueAsync(int limit, CancellationToken cancellationToken);
}
