using Orchestrator.Contracts.Tasks;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Gateway.Why;

/// <summary>Why nobody who serves a task's action may take it: for want of skills.</summary>
internal static class SkillReason
{
    /// <param name="task">A task that names skills.</param>
    /// <param name="serving">The silos that serve its action.</param>
    public static WhyReason Of(TaskRecord task, IReadOnlyList<Capability> serving)
    {
        var missing = task.Skills.Where(skill => serving.All(silo => silo.Lacking.Contains(skill))).ToList();
        return new WhyReason
        {
            Code = "missing_skill",
            Message = missing.Count > 0
                ? $"No silo that serves {task.Action} now has the skill {string.Join(" or ", missing)}."
                : $"No silo that serves {task.Action} now has all its skills together: {string.Join(", ", task.Skills)}.",
            Skills = missing.Count > 0 ? missing : task.Skills,
            Silos = [.. serving.Select(silo => silo.ToWhySilo())],
        };
    }
}
