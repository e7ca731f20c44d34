using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Contracts.Workspaces;

/// <summary>What the settled attempts of a workspace consumed.</summary>
/// <param name="Total">Since the workspace exists.</param>
/// <param name="Days">Today and the last 30 days, newest first; those without usage are left out.</param>
public sealed record WorkspaceUsageResponse(TaskUsageResponse Total, IReadOnlyList<DayUsageResponse> Days);
