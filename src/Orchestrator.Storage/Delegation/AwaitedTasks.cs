namespace Orchestrator.Storage.Delegation;

/// <param name="First">The first of them by id.</param>
/// <param name="Count">How many there are.</param>
public sealed record AwaitedTasks(IReadOnlyList<Guid> First, int Count);
