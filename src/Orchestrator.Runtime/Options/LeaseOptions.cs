using System.ComponentModel.DataAnnotations;
using Orchestrator.Core.Leases;

namespace Orchestrator.Runtime.Options;

/// <summary>Leases and heartbeats. Section <c>Leases</c>.</summary>
public sealed class LeaseOptions
{
    public const string Section = "Leases";

    /// <summary>How long an attempt may write without a heartbeat. Default: 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "01:00:00")]
    public TimeSpan Duration { get; set; } = LeasePolicy.DefaultDuration;

    /// <summary>How often a silo renews its leases; at most a third of <see cref="Duration"/>. Default: 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:20:00")]
    public TimeSpan HeartbeatInterval { get; set; } = LeasePolicy.DefaultHeartbeatInterval;

    public LeasePolicy ToPolicy() => new(Duration, HeartbeatInterval);
}
