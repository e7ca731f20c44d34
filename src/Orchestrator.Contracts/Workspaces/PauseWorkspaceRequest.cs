namespace Orchestrator.Contracts.Workspaces;

/// <summary>How long to pause: at most one of the two; neither means until somebody resumes it. The body may be left out.</summary>
public sealed record PauseWorkspaceRequest
{
    /// <summary>Seconds from now, from 1 to 31,536,000 (a year).</summary>
    public int? ForSeconds { get; init; }

    /// <summary>A moment in the future.</summary>
    public DateTimeOffset? Until { get; init; }
}
