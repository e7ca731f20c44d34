using Orchestrator.Contracts.Workspaces;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Gateway.Responses;

internal static class WorkspaceMapper
{
    public static WorkspaceResponse ToResponse(this WorkspaceRecord workspace) => new()
    {
        Id = workspace.Id,
        Name = workspace.Name,
        Goal = workspace.Goal,
        Weight = workspace.Weight,
        MaxParallel = workspace.MaxParallel,
        Maintenance = workspace.Maintenance,
        Paused = workspace.Paused,
        PausedUntil = workspace.PausedUntil,
        CreatedAt = workspace.CreatedAt,
        UpdatedAt = workspace.UpdatedAt,
    };
}
