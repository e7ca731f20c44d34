namespace Orchestrator.Contracts.Leases;

/// <summary>What somebody said to a running task.</summary>
/// <param name="Number">Its place among the messages of the task, from 1.</param>
/// <param name="Role"><c>user</c> or <c>system</c>.</param>
public sealed record LeaseMessage(int Number, string Role, string Content);
