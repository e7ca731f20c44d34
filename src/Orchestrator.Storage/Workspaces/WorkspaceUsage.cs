using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Workspaces;

/// <summary>What the settled attempts of a workspace consumed, whatever became of their tasks.</summary>
/// <param name="Total">Since the workspace exists.</param>
/// <param name="Days">Today and the last 30 days, newest first; those without usage are left out.</param>
public sealed record WorkspaceUsage(TaskUsage Total, IReadOnlyList<DayUsage> Days);
