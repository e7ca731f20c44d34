namespace Orchestrator.Core.Schedules;

/// <summary>What becomes of times that passed while nobody could fire them.</summary>
public enum MissedFires
{
    /// <summary>Nothing; the schedule goes on with its next time.</summary>
    Skip,

    /// <summary>One task for all of them.</summary>
    Once,
}
