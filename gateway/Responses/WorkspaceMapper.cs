using Orchestrator.Contracts.Workspaces;
using Orchestrator.Core.Fuses;
using Orchestrator.Storage.Circuits;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Gateway.Responses;

internal static class WorkspaceMapper
{
    public static WorkspaceResponse ToResponse(this WorkspaceRecord workspace, WorkspaceCounts? counts = null) => new()
    {
        Id = workspace.Id,
        Name = workspace.Name,
        Goal = workspace.Goal,
        Weight = workspace.Weight,
        MaxParallel = workspace.MaxParallel,
        Maintenance = workspace.Maintenance,
        Fuses = workspace.Fuses.Effective.ToBody(),
        FuseStates = FuseNames.All.ToDictionary(name => name, name => State(workspace, name)),
        Budget = workspace.Budget is { } budget
            ? new BudgetResponse(budget.Limit, budget.Spent, budget.Reserved, budget.Limit - budget.Spent - budget.Reserved)
            : null,
        Paused = workspace.Paused,
        PausedUntil = workspace.PausedUntil,
        PausedBy = workspace.PausedBy,
        Running = counts?.Running,
        Queued = counts?.Queued,
        CreatedAt = workspace.CreatedAt,
        UpdatedAt = workspace.UpdatedAt,
    };

    private static FuseSettingsBody ToBody(this FuseSettings fuses) => new()
    {
        DelegationDepth = fuses.DelegationDepth,
        AntiLoop = new AntiLoopBody
        {
            MaxExecutions = fuses.LoopExecutions,
            WindowSeconds = fuses.LoopWindowSeconds,
            PauseSeconds = fuses.LoopPauseSeconds,
            CountAll = fuses.LoopCountAll,
        },
        PendingCap = new PendingCapBody { Delegated = fuses.PendingDelegated, Total = fuses.PendingTotal },
        CircuitBreaker = new CircuitBreakerBody
        {
            Failures = fuses.CircuitFailures,
            WindowSeconds = fuses.CircuitWindowSeconds,
            OpenSeconds = fuses.CircuitOpenSeconds,
        },
    };

    private static FuseStateResponse State(WorkspaceRecord workspace, string name)
    {
        var state = workspace.FuseStates.FirstOrDefault(one => one.Fuse.ToName() == name);
        return new FuseStateResponse
        {
            State = state?.TrippedAt is null ? "closed" : "tripped",
            Since = state?.TrippedAt,
            Until = state?.Until,
            Reason = state?.Reason,
            Trips = state?.Trips ?? 0,
            ResetAt = state?.ResetAt,
            Circuits = name == Fuse.CircuitBreaker.ToName() ? [.. workspace.Circuits.Select(ToResponse)] : null,
        };
    }

    private static CircuitResponse ToResponse(CircuitRecord record) => new()
    {
        Provider = record.Provider,
        State = record.Circuit.State.ToName(),
        Since = record.Circuit.Since,
        Failures = record.Circuit.Failures.Count,
        NextProbeAt = record.Circuit.RetryAt,
    };
}
