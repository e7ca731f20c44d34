namespace Orchestrator.Runtime.Ids;

/// <summary>UUIDv7 of the injected clock, so that ids sort by their creation to the millisecond.</summary>
public sealed class UuidV7Source(TimeProvider timeProvider) : IIdSource
{
    public Guid NewTaskId() => Guid.CreateVersion7(timeProvider.GetUtcNow());

    public Guid NewRunId() => Guid.CreateVersion7(timeProvider.GetUtcNow());

    public Guid NewWebhookId() => Guid.CreateVersion7(timeProvider.GetUtcNow());

    public Guid NewSiloId() => Guid.CreateVersion7(timeProvider.GetUtcNow());
}
