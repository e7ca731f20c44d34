using Orchestrator.Core.Tasks;

namespace Orchestrator.Runtime.Steering;

/// <summary>
/// What an attempt that works in steps writes down between them, and what people say to it meanwhile. Every write is fenced by the
/// attempt's lease. While the store is away it is tried again for as long as the attempt may run.
/// </summary>
public interface IAttemptJournal
{
    /// <summary>
    /// The messages to the task that no attempt has consumed, in the order in which they came: at most 100 with 1,048,576 characters
    /// together, or one that is longer. The rest follows once these are consumed.
    /// </summary>
    Task<IReadOnlyList<SteeringMessage>> ReadMessagesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Stores what the next attempt would have to know, and in the same transaction marks the messages up to
    /// <paramref name="consumedThrough"/> as consumed and adds <paramref name="usage"/> to the task's.
    /// </summary>
    /// <param name="checkpoint">JSON in UTF-8.</param>
    /// <param name="consumedThrough">The number of the last message that the checkpoint took in; 0 for none.</param>
    /// <param name="usage">
    /// What was used and told neither with an earlier checkpoint nor with the end of an attempt; whatever becomes of this one, it is kept,
    /// and is not to be told again. It belongs to a checkpoint that differs from the one that is stored: with the same again, nothing is added.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The checkpoint is no JSON, or larger than 1 MiB.</exception>
    /// <exception cref="OperationCanceledException">The attempt was stopped, or its lease is lost.</exception>
    Task SaveAsync(ReadOnlyMemory<byte> checkpoint, int consumedThrough, TaskUsage? usage, CancellationToken cancellationToken);

    /// <summary>The answer to what the task asked for last; null when it has not asked.</summary>
    Task<ApprovalAnswer?> FindAnswerAsync(CancellationToken cancellationToken);

    /// <summary>The answer to what the task asked for last with this <see cref="ApprovalRequest.Key"/>; null when it has not.</summary>
    Task<ApprovalAnswer?> FindAnswerAsync(string key, CancellationToken cancellationToken);
}
