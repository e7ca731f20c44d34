using System.Globalization;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Gateway.Why;

/// <summary>Which fuse holds a task.</summary>
internal static class FuseReason
{
    /// <summary>The fuse that paused the workspace; null for a pause by hand.</summary>
    public static WhyReason? OfPause(WorkspaceRecord workspace, string end) => workspace.PausedBy is { } fuse
        ? new WhyReason
        {
            Code = "fuse_tripped",
            Message = $"Its workspace is paused {end} by the fuse {fuse}. {workspace.FuseStates.FirstOrDefault(state => state.TrippedAt is not null)?.Reason}".TrimEnd(),
            Until = workspace.PausedUntil,
        }
        : null;

    /// <summary>A budget of which too little is left while attempts run that hold some.</summary>
    public static WhyReason? OfBudget(TaskSituation situation)
    {
        var workspace = situation.Workspace;
        return workspace is { AtLimit: true, Budget: { Reserved: > 0 } budget } && !(situation.Running >= workspace.MaxParallel)
            ? new WhyReason
            {
                Code = "budget_reserved",
                Message = string.Create(
                    CultureInfo.InvariantCulture,
                    $"Of the budget of its workspace {budget.Limit - budget.Spent - budget.Reserved:0.######} is left, which is too little; attempts that run hold {budget.Reserved:0.######}."),
            }
            : null;
    }
}
