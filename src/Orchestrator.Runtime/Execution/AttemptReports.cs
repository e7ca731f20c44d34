using Orchestrator.Storage.Leases;

namespace Orchestrator.Runtime.Execution;

/// <summary>What one attempt reported since its last write, in order.</summary>
/// <param name="TextLength">Characters of all its chunks.</param>
internal sealed record AttemptReports(LeaseId Lease, IReadOnlyList<AttemptEvent> Events, int TextLength);
