using System.ComponentModel.DataAnnotations;
using Orchestrator.Core.Scheduling;

namespace Orchestrator.Runtime.Options;

/// <summary>
/// How often a silo looks for ready tasks when no signal tells of any. It is the safety net under the signals; what counts is
/// the busiest workspace. Section <c>Polling</c>.
/// </summary>
public sealed class PollingOptions
{
    public const string Section = "Polling";

    private const string Shortest = "00:00:00.010";
    private const string Longest = "01:00:00";

    /// <summary>While some workspace has running tasks, or ready ones of a score of 600 or more. Default: 5 s.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan HighInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>While something was submitted within <see cref="LowAfter"/>. Default: 15 s.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan NormalInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>While nothing was. Default: 60 s.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan LowInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>While every workspace is in maintenance. Default: 300 s.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan MaintenanceInterval { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>After how long without a submission activity counts as low. Default: 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LowAfter { get; set; } = TimeSpan.FromMinutes(10);

    public TimeSpan IntervalOf(PollingTier tier) => tier switch
    {
        PollingTier.High => HighInterval,
        PollingTier.Normal => NormalInterval,
        PollingTier.Low => LowInterval,
        _ => MaintenanceInterval,
    };
}
