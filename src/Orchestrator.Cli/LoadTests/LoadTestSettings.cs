using Orchestrator.Contracts.Json;

namespace Orchestrator.Cli.LoadTests;

/// <summary>What to load, how much, and what counts as good.</summary>
internal sealed record LoadTestSettings
{
    public const int DefaultTimeoutMs = 120_000;

    public required int Requests { get; init; }
    public required int Concurrency { get; init; }
    public required string Action { get; init; }
    public required RawJson Input { get; init; }
    public required string Workspace { get; init; }

    /// <summary>Null for no threshold.</summary>
    public int? ThresholdMs { get; init; }

    /// <summary>Null for what the configuration of the pool says.</summary>
    public int? PoolSize { get; init; }

    /// <summary>Null for the default.</summary>
    public int? TimeoutMs { get; init; }

    /// <summary>Null for a private gateway.</summary>
    public Uri? Url { get; init; }

    public TimeSpan Timeout => TimeSpan.FromMilliseconds(TimeoutMs ?? DefaultTimeoutMs);
}
