namespace Orchestrator.Runtime.Execution;

/// <summary>When an attempt must have ended, and what it is told then.</summary>
internal sealed record AttemptLimit(long Timestamp, StopReason Reason);
