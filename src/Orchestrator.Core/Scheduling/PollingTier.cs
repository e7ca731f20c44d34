namespace Orchestrator.Core.Scheduling;

/// <summary>How soon to look for ready tasks when nobody tells of any: what the busiest workspace asks for.</summary>
public enum PollingTier
{
    /// <summary>Some workspace has running tasks, or ready ones of high priority.</summary>
    High,

    /// <summary>Something was submitted lately.</summary>
    Normal,

    /// <summary>Nothing was submitted for a while.</summary>
    Low,

    /// <summary>Every workspace was set to maintenance by hand.</summary>
    Maintenance,
}
