using Orchestrator.Contracts.Workspaces;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Gateway.Responses;

internal static class UsageMapper
{
    public static WorkspaceUsageResponse ToResponse(this WorkspaceUsage usage) => new(usage.Total.ToResponse(), [.. usage.Days.Select(ToResponse)]);

    private static DayUsageResponse ToResponse(DayUsage day) =>
        new(day.Day, day.Usage.InputTokens, day.Usage.OutputTokens, day.Usage.CachedTokens, day.Usage.ReasoningTokens, day.Usage.Cost);
}
