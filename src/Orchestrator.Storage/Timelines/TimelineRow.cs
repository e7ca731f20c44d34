using Orchestrator.Core.Timeline;

namespace Orchestrator.Storage.Timelines;

/// <summary>What a process saw in a bucket of time.</summary>
/// <param name="At">The start of the bucket.</param>
/// <param name="WorkspaceKey"><see cref="All"/> for all workspaces together.</param>
/// <param name="Action">Empty for all actions together.</param>
public sealed record TimelineRow(DateTimeOffset At, long WorkspaceKey, string Action, TimelineFigures Figures)
{
    public const long All = 0;
}
