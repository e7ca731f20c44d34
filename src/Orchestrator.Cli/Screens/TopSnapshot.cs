using Orchestrator.Contracts.Cluster;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Cli.Screens;

/// <summary>The system at one moment.</summary>
/// <param name="Running">Tasks that run, of the workspaces that are shown.</param>
internal sealed record TopSnapshot(
    StatsResponse Stats, IReadOnlyList<SiloResponse> Silos, IReadOnlyList<TopWorkspace> Workspaces, IReadOnlyList<TaskResponse> Running);
