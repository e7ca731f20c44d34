using Orchestrator.Core.Tasks;

namespace Orchestrator.Workers.Simulation;

/// <summary>What <c>generation.simulated</c> is asked to do; every member is optional.</summary>
internal struct SimulatedInput
{
    /// <summary>Longest latency, jitter and retry-after: a day.</summary>
    public const int MaxMilliseconds = TaskLimits.MaxTimeoutMs;

    public int LatencyMs;
    public int JitterMs;
    public double ErrorRate;
    public double RateLimitRate;
    public int? RetryAfterMs;
    public string? Text;
    public TaskUsage? Usage;
}
