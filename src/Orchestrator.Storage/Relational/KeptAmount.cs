namespace Orchestrator.Storage.Relational;

/// <summary>What of a resource is kept for tasks that were woken for it and have not started; in millionths.</summary>
/// <param name="WokenAt">When the last of them was woken.</param>
internal readonly record struct KeptAmount(long Amount, DateTimeOffset? WokenAt);
