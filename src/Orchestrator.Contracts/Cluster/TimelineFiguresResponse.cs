namespace Orchestrator.Contracts.Cluster;

/// <summary>What happened in a span of time.</summary>
public record TimelineFiguresResponse
{
    /// <summary>Tasks that were stored.</summary>
    public required long Submitted { get; init; }

    /// <summary>Tasks whose result was accepted.</summary>
    public required long Completed { get; init; }

    /// <summary>Tasks that failed for good.</summary>
    public required long Failed { get; init; }

    /// <summary>Tasks that were cancelled.</summary>
    public required long Cancelled { get; init; }

    /// <summary>Attempts that failed and are repeated.</summary>
    public required long Retried { get; init; }

    /// <summary>Seconds that tasks had been ready when an attempt at them started: half of them waited no longer. Null when none started; wrong by at most 4.5 %, like all that follow.</summary>
    public double? QueueP50 { get; init; }

    /// <summary>The same, of 95 in 100.</summary>
    public double? QueueP95 { get; init; }

    /// <summary>The same, of 99 in 100.</summary>
    public double? QueueP99 { get; init; }

    /// <summary>Seconds that attempts ran: half of them ran no longer. Null when none ended.</summary>
    public double? DurationP50 { get; init; }

    /// <summary>The same, of 95 in 100.</summary>
    public double? DurationP95 { get; init; }

    /// <summary>The same, of 99 in 100.</summary>
    public double? DurationP99 { get; init; }

    /// <summary>Tokens that settled attempts read.</summary>
    public required long InputTokens { get; init; }

    /// <summary>Tokens that settled attempts wrote.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>What settled attempts cost, in the currency of the price table.</summary>
    public required decimal Cost { get; init; }
}
