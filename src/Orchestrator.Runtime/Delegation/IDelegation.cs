using Orchestrator.Runtime.Execution;

namespace Orchestrator.Runtime.Delegation;

/// <summary>
/// Has other tasks do a part of a task: an attempt creates children, and ends as <see cref="AttemptResult.Waiting"/> until they have
/// ended. Then the task is run again.
/// </summary>
public interface IDelegation
{
    /// <summary>
    /// Creates children, all or none; they are durable when it answers with their ids, in the given order. A child of a key that is
    /// there already is answered and not created again.
    /// </summary>
    /// <param name="checkpoint">What the next attempts are to know, as JSON in UTF-8, stored together with the children; null leaves what was noted before.</param>
    /// <exception cref="DelegationException">They were refused.</exception>
    /// <exception cref="OperationCanceledException">The attempt was stopped, or its lease is lost.</exception>
    Task<IReadOnlyList<Guid>> CreateAsync(IReadOnlyList<ChildTask> children, ReadOnlyMemory<byte>? checkpoint, CancellationToken cancellationToken);

    /// <summary>How these children ended, in the given order; null while one of them has not.</summary>
    /// <exception cref="DelegationException">One of them is no child of the task.</exception>
    Task<IReadOnlyList<ChildOutcome>?> FindOutcomesAsync(IReadOnlyList<Guid> children, CancellationToken cancellationToken);
}
