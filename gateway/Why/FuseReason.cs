using System.Globalization;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Core.Fuses;
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
            Message = $"Its workspace is paused by the fuse {fuse} {(fuse == Fuse.Budget.ToName() ? "until its limit is raised or the fuse is reset" : end)}. {workspace.FuseStates.FirstOrDefault(state => state.Fuse.ToName() == fuse)?.Reason}".TrimEnd(),
            Until = workspace.PausedUntil,
        }
        : null;

    /// <summary>A provider that is ill.</summary>
    public static WhyReason OfCircuit(TaskSituation situation)
    {
        var provider = situation.Task.WaitingOn;
        var circuit = situation.Workspace.Circuits.FirstOrDefault(record => record.Provider == provider)?.Circuit;
        var next = circuit switch
        {
            { State: CircuitState.HalfOpen } => "An attempt probes it now.",
            { RetryAt: { } at } => string.Create(CultureInfo.InvariantCulture, $"An attempt may probe it from {at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} on."),
            _ => "It is well again, and the task is about to become ready.",
        };
        return new WhyReason
        {
            Code = "waiting_for_provider",
            Message = $"It waits for the provider {provider}, from which the fuse {Fuse.CircuitBreaker.ToName()} keeps the tasks of its workspace. {next}",
            Until = circuit?.RetryAt,
        };
    }

    /// <summary>A budget of which too little is left while attempts run that hold some; what costs nothing does not wait for it.</summary>
    public static WhyReason? OfBudget(TaskSituation situation)
    {
        var workspace = situation.Workspace;
        return workspace is { ShortOfMoney: true, Budget: { Reserved: > 0 } budget } && !Capability.Of(situation).Any(static silo => silo is { IsAble: true, CostsNothing: true })
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
