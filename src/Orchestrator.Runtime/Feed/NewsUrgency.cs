namespace Orchestrator.Runtime.Feed;

/// <summary>What is told first where not everything can be told.</summary>
public enum NewsUrgency
{
    /// <summary>A failure, or a run.</summary>
    First,

    /// <summary>An end.</summary>
    Ended,

    /// <summary>Anything else.</summary>
    Changed,
}
