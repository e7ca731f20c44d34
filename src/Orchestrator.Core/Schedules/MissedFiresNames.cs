namespace Orchestrator.Core.Schedules;

/// <summary>The policies as callers and the store write them.</summary>
public static class MissedFiresNames
{
    public static string ToName(this MissedFires policy) => policy == MissedFires.Once ? "once" : "skip";

    /// <summary>The policy, or null when the name is none.</summary>
    public static MissedFires? Parse(string name) => name switch
    {
        "skip" => MissedFires.Skip,
        "once" => MissedFires.Once,
        _ => null,
    };
}
