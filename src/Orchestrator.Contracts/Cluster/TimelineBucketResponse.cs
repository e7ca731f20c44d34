namespace Orchestrator.Contracts.Cluster;

/// <summary>One bucket of a timeline.</summary>
public sealed record TimelineBucketResponse : TimelineFiguresResponse
{
    /// <summary>Its start.</summary>
    public required DateTimeOffset At { get; init; }
}
