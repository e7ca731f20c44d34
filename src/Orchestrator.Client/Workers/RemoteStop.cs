namespace Orchestrator.Client.Workers;

/// <summary>Why an attempt was told to stop.</summary>
public enum RemoteStop
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>The task was cancelled.</summary>
    Cancelled,

    /// <summary>The lease is gone: it ran out, or the task's time is up. Somebody else may work on the task now.</summary>
    LeaseLost,

    /// <summary>The worker stops, and the time to finish is up.</summary>
    Draining,
}
