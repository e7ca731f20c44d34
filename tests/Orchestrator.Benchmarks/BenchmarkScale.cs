namespace Orchestrator.Benchmarks;

/// <summary>How much is measured.</summary>
internal sealed record BenchmarkScale
{
    /// <summary>What the published figures are measured with.</summary>
    public static BenchmarkScale Full { get; } = new();

    /// <summary>Just enough to see that everything still works.</summary>
    public static BenchmarkScale Smoke { get; } = new()
    {
        BurnDownTasks = 1_000,
        Backlog = 2_000,
        BacklogWorkspaces = 100,
        BacklogWindow = 1_000,
        Unrunnable = 1_000,
        QueuedInMemory = 1_000,
        QuietTime = TimeSpan.FromSeconds(1),
        Runs = 100,
        Submissions = 500,
        LoadTime = TimeSpan.FromSeconds(1),
        SoakTime = TimeSpan.FromSeconds(9),
        SoakSpan = TimeSpan.FromSeconds(2.5),
        SoakDepth = 2_000,
    };

    public int BurnDownTasks { get; init; } = 100_000;

    public int BurnDownWorkspaces { get; init; } = 20;

    public int Backlog { get; init; } = 1_000_000;

    public int BacklogWorkspaces { get; init; } = 10_000;

    /// <summary>How many ends are measured where there is more to do than to measure.</summary>
    public int BacklogWindow { get; init; } = 50_000;

    public int Unrunnable { get; init; } = 100_000;

    /// <summary>How many tasks are queued where memory is measured.</summary>
    public int QueuedInMemory { get; init; } = 100_000;

    /// <summary>How long a process is left alone before it counts as idle.</summary>
    public TimeSpan QuietTime { get; init; } = TimeSpan.FromSeconds(10);

    public int Runs { get; init; } = 10_000;

    public int Submissions { get; init; } = 50_000;

    /// <summary>How long a steady load lasts.</summary>
    public TimeSpan LoadTime { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan SoakTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long throughput is measured at the beginning and at the end of a soak.</summary>
    public TimeSpan SoakSpan { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many tasks are kept queued where a soak is to show what can be worked off.</summary>
    public int SoakDepth { get; init; } = 20_000;
}
