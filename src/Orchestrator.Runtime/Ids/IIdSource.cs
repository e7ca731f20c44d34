namespace Orchestrator.Runtime.Ids;

/// <summary>Where new ids come from; injected, so that a simulation can repeat itself.</summary>
public interface IIdSource
{
    /// <summary>A new UUIDv7 for a task.</summary>
    Guid NewTaskId();

    /// <summary>A new UUIDv7 for a run.</summary>
    Guid NewRunId();

    /// <summary>A new UUIDv7 for a webhook.</summary>
    Guid NewWebhookId();

    /// <summary>A new UUIDv7 for a start of a silo.</summary>
    Guid NewSiloId();
}
