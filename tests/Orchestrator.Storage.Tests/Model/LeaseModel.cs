namespace Orchestrator.Storage.Tests.Model;

/// <param name="Task">The task that it was given for.</param>
/// <param name="ExpiresAt">In seconds of the model's clock.</param>
internal sealed record LeaseModel(int Task, long ExpiresAt);
