using Orchestrator.Storage.Leases;

namespace Orchestrator.Storage.Submissions;

/// <summary>
/// An attempt whose worker delegates: the tasks of the submission are children of its task, each with a
/// <see cref="NewTask.DelegationKey"/>, and are stored only while it holds its lease.
/// </summary>
/// <param name="Checkpoint">Replaces what the task's worker noted, in the same transaction; null leaves it.</param>
public sealed record DelegatingAttempt(LeaseId Lease, ReadOnlyMemory<byte>? Checkpoint = null);
