using Orchestrator.Core.Scheduling;

namespace Orchestrator.Runtime.Skills;

/// <summary>A lane with skills as this silo has last seen it. Its owner's lock guards it.</summary>
internal sealed class LaneSighting(string lane)
{
    public string Lane { get; } = lane;

    public string Action { get; } = TaskLane.ActionOf(lane);

    public IReadOnlyList<string> Skills { get; } = TaskLane.SkillsOf(lane);

    /// <summary>Since when every look has found ready tasks in it; null when the last one found none.</summary>
    public long? ReadySince { get; set; }

    /// <summary>When a look last found ready tasks in it.</summary>
    public long LastReady { get; set; }

    /// <summary>Whether this silo may take from it.</summary>
    public bool IsOpen { get; set; }
}
