namespace Orchestrator.Cli.Benchmarks;

/// <summary>How fast a pile of tasks was done. Times are in milliseconds.</summary>
internal sealed record BenchReport
{
    public required int Tasks { get; init; }
    public required int Completed { get; init; }
    public required string Target { get; init; }

    /// <summary>How many attempts all silos together can run at the same time.</summary>
    public required int Slots { get; init; }

    /// <summary>From the first submission to the last answer.</summary>
    public required double SubmitMs { get; init; }

    public required double SubmittedPerSecond { get; init; }

    /// <summary>From the first task's creation to the last task's end.</summary>
    public required double DurationMs { get; init; }

    public required double TasksPerSecond { get; init; }

    /// <summary>From a task's creation to its end.</summary>
    public required BenchTimes Latency { get; init; }

    /// <summary>From a task's creation to the start of its first attempt.</summary>
    public required BenchTimes Queue { get; init; }

    /// <summary>From the start of its first attempt to its end.</summary>
    public required BenchTimes Execution { get; init; }
}
