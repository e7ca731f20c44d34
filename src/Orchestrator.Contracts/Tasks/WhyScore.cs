namespace Orchestrator.Contracts.Tasks;

/// <summary>How much the task matters, from 0 to 1000, and why.</summary>
public sealed record WhyScore
{
    public required int Value { get; init; }

    /// <summary>Who says so.</summary>
    public required string ScoreSource { get; init; }

    /// <summary>What the score is made of; the points add up to it.</summary>
    public required IReadOnlyList<WhyScoreReason> Reasons { get; init; }
}
